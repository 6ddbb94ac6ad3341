"use strict";
// The findings of the page, unpacked into columns. What the numbers stand for is told in validator/render/html/island.py.
var Sverka = {};

(function () {
  Sverka.read = function (node) {
    if (node.type === "application/json") { return Promise.resolve(JSON.parse(node.textContent)); }
    if (typeof DecompressionStream === "undefined") { return Promise.reject(new Error("no DecompressionStream")); }
    var packed = atob(node.textContent);
    var bytes = new Uint8Array(packed.length);
    for (var i = 0; i < packed.length; i += 1) { bytes[i] = packed.charCodeAt(i); }
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text().then(JSON.parse);
  };

  // One typed array per column; sums of differences; the number of the organization for each finding.
  Sverka.columns = function (data) {
    var columns = {};
    Object.keys(data.columns).forEach(function (name) { columns[name] = Int32Array.from(data.columns[name]); });
    var number = columns.form.length;
    for (var i = 1; i < number; i += 1) { columns.line[i] += columns.line[i - 1]; }
    columns.organization = new Int32Array(number);
    var at = 0;
    data.counts.forEach(function (count, organization) {
      columns.organization.fill(organization, at, at + count);
      at += count;
    });
    columns.firstFact = new Int32Array(number);
    for (i = 1; i < number; i += 1) { columns.firstFact[i] = columns.firstFact[i - 1] + columns.facts[i - 1]; }
    return columns;
  };

  // Small and capital letters are one, so are е and ё, and all kinds of spaces.
  Sverka.plain = function (text) {
    return text.toLowerCase().replace(/ё/g, "е").replace(/\s+/g, " ").trim();
  };

  Sverka.fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  };

  Sverka.element = function (name, text, colour) {
    var node = document.createElement(name);
    if (text) { node.textContent = text; }
    if (colour) { node.className = colour; }
    return node;
  };
})();
