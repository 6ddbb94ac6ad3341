// Everything that is known of one finding.
(function () {
  var element = Sverka.element;

  function Finding(data, columns, row) {
    this.data = data;
    this.columns = columns;
    this.row = row;
    var form = data.forms[columns.form[row]];
    this.form = { policy: form[0], verdict: form[1], gravity: form[2], message: form[3], remedy: form[4], criteria: form[5],
      ways: form[6], waiver: form[7], readings: form[8], known: form[9], hidden: form[10] };
    this.policy = data.policies[this.form.policy];
    var organization = data.organizations[columns.organization[row]];
    this.organization = { inn: organization[0], name: organization[1], place: data.places[organization[2]], page: organization[3],
      asOf: organization[4], lawDate: organization[5] };
    var item = data.items[columns.item[row]];
    this.subject = data.texts[item[0]];
    this.ref = item[1] < 0 ? "" : data.texts[item[1]];
  }

  Finding.prototype.text = function (number) {
    return number < 0 ? "" : this.data.texts[number].split(this.data.name).join(this.organization.name);
  };

  // A path is told from the item on; a fact of the item itself begins with it.
  Finding.prototype.path = function (number) {
    var path = this.data.texts[number];
    return path.slice(0, 2) === "@." ? this.subject + path.slice(1) : path;
  };

  Finding.prototype.headline = function () {
    return this.text(this.form.message) || this.policy.title;
  };

  Finding.prototype.verdictWord = function () {
    var words = this.data.words;
    var told = this.data.verdicts[this.form.verdict][1];
    if (this.form.readings.length) { told += ", " + words.disputed; }
    return this.form.known ? told + ", " + words.known : told;
  };

  function day(text, language) {
    return language === "ru" ? text.split("-").reverse().join(".") : text;
  }

  function list(lines) {
    var node = element("ul");
    lines.forEach(function (line) { node.appendChild(typeof line === "string" ? element("li", line) : line); });
    return node;
  }

  function gaps(finding) {
    var data = finding.data;
    var told = finding.form.ways.map(function (way) {
      return way.map(function (number) {
        var gap = data.gaps[number];
        return data.texts[gap[1]] + " — " + data.texts[gap[2]] + " (" + finding.path(gap[0]) + ")";
      });
    });
    var lines = [];
    told.forEach(function (way, place) {
      if (place > 0) { lines.push("— " + data.words.or + " —"); }
      lines = lines.concat(way);
    });
    return lines;
  }

  function facts(finding) {
    var data = finding.data, columns = finding.columns, lines = [];
    var first = columns.firstFact[finding.row], own = columns.line[finding.row], file = data.texts[columns.file[finding.row]];
    for (var i = first; i < first + columns.facts[finding.row]; i += 1) {
      var fact = data.facts[data.fact[i]];
      var node = element("li");
      node.appendChild(element("strong", data.texts[fact[1]] + ": " + data.texts[fact[2]]));
      if (fact[3] >= 0) { node.appendChild(document.createTextNode(" — " + data.texts[fact[3]])); }
      node.appendChild(document.createTextNode(" "));
      node.appendChild(element("code", finding.path(fact[0]) + " · " + file + ":" + (own + data.fact_line[i]), "more"));
      lines.push(node);
    }
    if (finding.form.hidden) { lines.push(data.words.hidden); }
    return lines;
  }

  function readings(finding) {
    var data = finding.data, words = data.words;
    if (!finding.form.readings.length) { return []; }
    var chosen = words.chosen + ": " + data.verdicts[finding.form.verdict][1];
    return [chosen].concat(finding.form.readings.map(function (reading) {
      var told = words.reading + " " + data.texts[reading[0]] + ": " + data.verdicts[reading[1]][1] + ". " + data.texts[reading[2]];
      return reading[3] < 0 ? told : told + " " + finding.text(reading[3]);
    }));
  }

  function ground(finding) {
    return finding.policy.ground.map(function (place) {
      return place.title + ", " + place.at + " (" + place.force + "; " + place.checked + ")";
    });
  }

  function explained(finding) {
    var form = finding.form;
    return finding.data.explained === "all" || finding.columns.facts[finding.row] > 0 || form.hidden || form.ways.length > 0 ||
      form.criteria.length > 0 || form.readings.length > 0;
  }

  // Pairs of a heading and lines; what has no lines is left out.
  function parts(finding) {
    var data = finding.data, words = data.words, form = finding.form, columns = finding.columns;
    var texts = function (number) { return finding.text(number); };
    var place = finding.subject === "organization" ? words.whole : finding.ref ? finding.subject + " (" + finding.ref + ")" : finding.subject;
    var where = place + " · " + data.texts[columns.file[finding.row]] + ":" + columns.line[finding.row];
    return [
      [words.what, form.message < 0 ? [] : [finding.headline()]],
      [words.policy, [finding.policy.id + " — " + finding.policy.title]],
      [words.subject, [where]],
      [words.severity, finding.policy.severity ? [finding.policy.severity] : []],
      [words.ground, ground(finding)],
      [words.facts, facts(finding)],
      [words.missing, gaps(finding)],
      [words.criteria, form.criteria.map(texts)],
      [words.remedy, form.remedy.map(texts)],
      [words.sanction, finding.policy.sanction && form.verdict !== 4 ? [finding.policy.sanction] : []],
      [words.waiver, form.waiver < 0 ? [] : [texts(form.waiver)]],
      [words.readings, readings(finding)],
      [words.dates, [Sverka.fill(words.dates_told, {
        facts: day(finding.organization.asOf, data.language), law: day(finding.organization.lawDate, data.language) })]],
      ["", explained(finding) ? [] : [words.unexplained]]
    ].filter(function (part) { return part[1].length > 0; });
  }

  Finding.prototype.detail = function () {
    var node = element("dl");
    parts(this).forEach(function (part) {
      var told = element("dd");
      if (part[1].length === 1 && typeof part[1][0] === "string") { told.textContent = part[1][0]; } else { told.appendChild(list(part[1])); }
      node.appendChild(element("dt", part[0]));
      node.appendChild(told);
    });
    return node;
  };

  Sverka.Finding = Finding;
})();
