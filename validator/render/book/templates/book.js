"use strict";
(function () {
  var form = document.getElementById("search");
  var text = document.getElementById("by-text");
  var act = document.getElementById("by-act");
  var kind = document.getElementById("by-kind");
  var count = document.getElementById("count");
  var sections = Array.prototype.slice.call(document.querySelectorAll("main > section"));
  var folds = Array.prototype.slice.call(document.querySelectorAll("details.fold"));
  var entries = Array.prototype.slice.call(document.querySelectorAll("main article")).map(function (node) {
    return { node: node, words: plain(node.textContent), acts: list(node, "acts"), kinds: list(node, "kinds") };
  });

  function plain(value) {
    return value.toLowerCase().replace(/ё/g, "е").replace(/\s+/g, " ");
  }

  function list(node, name) {
    return node.dataset[name].split(" ");
  }

  function filter() {
    var words = plain(text.value).split(" ").filter(Boolean);
    var active = words.length > 0 || act.value !== "" || kind.value !== "";
    var shown = 0;
    entries.forEach(function (entry) {
      var fits =
        words.every(function (word) { return entry.words.indexOf(word) >= 0; }) &&
        (act.value === "" || entry.acts.indexOf(act.value) >= 0) &&
        (kind.value === "" || entry.kinds.indexOf(kind.value) >= 0);
      entry.node.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    sections.forEach(function (section) {
      section.hidden = active && section.querySelector("article:not([hidden])") === null;
      Array.prototype.forEach.call(section.children, function (child) {
        if (child.tagName !== "ARTICLE" && child.tagName !== "H2") { child.hidden = active; }
      });
    });
    count.textContent = !active ? "" : shown > 0 ? count.dataset.shown + " " + shown : count.dataset.nothing;
  }

  // A link may lead to a section that the search has hidden: then the search ends.
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target !== null && target.closest("[hidden]") !== null) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  }

  function fold(open) {
    folds.forEach(function (node) { node.open = open; });
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", filter);
  form.addEventListener("reset", function () { setTimeout(filter, 0); });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () { fold(true); });
  window.addEventListener("afterprint", function () { fold(false); });
  if (window.matchMedia("(max-width: 60rem)").matches) { document.querySelector("nav details").open = false; }
  fold(false);
  form.hidden = false;
  filter();
  // Folding has moved everything: go to where the address leads.
  var start = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (start !== null) { start.scrollIntoView(); }
})();
