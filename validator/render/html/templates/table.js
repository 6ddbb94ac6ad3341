// Which findings are shown, and in which order. Orders are stable: what is equal stays as it was.
(function () {
  function Table(data, columns) {
    this.data = data;
    this.columns = columns;
    this.number = columns.form.length;
    this.ranks = {};
    this.order = null;
    this.sorted = null;
    this.collator = new Intl.Collator(data.language, { numeric: true });
    this.haystacks = data.organizations.map(function (one) { return Sverka.plain(one[1] + " " + one[0]); });
    this.placeNames = data.places.map(function (place) { return place[0] + "|" + place[1]; });
    this.policyIds = data.policies.map(function (policy) { return policy.id; });
  }

  // The place of each text in the order of the language; equal texts have equal places.
  Table.prototype.ranksOf = function (texts) {
    var collator = this.collator;
    var order = texts.map(function (_, at) { return at; }).sort(function (a, b) { return collator.compare(texts[a], texts[b]) || a - b; });
    var ranks = new Int32Array(texts.length), rank = 0;
    order.forEach(function (at, place) {
      if (place > 0 && texts[order[place - 1]] !== texts[at]) { rank += 1; }
      ranks[at] = rank;
    });
    return ranks;
  };

  var keys = {
    verdict: function (table) { return table.ofForms(function (form) { return form[1]; }); },
    severity: function (table) { return table.ofForms(function (form) { return table.data.policies[form[0]].rank; }); },
    gravity: function (table) { return table.ofForms(function (form) { return form[2]; }); },
    policy: function (table) {
      var ranks = table.ranksOf(table.policyIds);
      return table.ofForms(function (form) { return ranks[form[0]]; });
    },
    place: function (table) {
      var ranks = table.ranksOf(table.data.places.map(function (place) { return place[2] + " " + place[1]; }));
      return table.ofOrganizations(function (one) { return ranks[one[2]]; });
    },
    organization: function (table) {
      var ranks = table.ranksOf(table.data.organizations.map(function (one) { return one[1] + " " + one[0]; }));
      return table.ofOrganizations(function (one, at) { return ranks[at]; });
    },
    finding: function (table) {
      var data = table.data;
      var ranks = table.ranksOf(data.forms.map(function (form) { return form[3] < 0 ? data.policies[form[0]].title : data.texts[form[3]]; }));
      return table.ofForms(function (form, at) { return ranks[at]; });
    }
  };

  Table.prototype.ofForms = function (key) {
    return this.spread(Int32Array.from(this.data.forms, key), this.columns.form);
  };

  Table.prototype.ofOrganizations = function (key) {
    return this.spread(Int32Array.from(this.data.organizations, key), this.columns.organization);
  };

  Table.prototype.spread = function (values, column) {
    var out = new Int32Array(this.number);
    for (var i = 0; i < out.length; i += 1) { out[i] = values[column[i]]; }
    return out;
  };

  // Keys are small numbers, so they are counted, not compared.
  function inOrder(before, key, falling) {
    var most = 0, i;
    for (i = 0; i < key.length; i += 1) { if (key[i] > most) { most = key[i]; } }
    var starts = new Int32Array(most + 2), out = new Int32Array(before.length);
    for (i = 0; i < before.length; i += 1) { starts[(falling ? most - key[before[i]] : key[before[i]]) + 1] += 1; }
    for (i = 1; i < starts.length; i += 1) { starts[i] += starts[i - 1]; }
    for (i = 0; i < before.length; i += 1) { out[starts[falling ? most - key[before[i]] : key[before[i]]]++] = before[i]; }
    return out;
  }

  Table.prototype.key = function (name) {
    if (!(name in this.ranks)) { this.ranks[name] = keys[name](this); }
    return this.ranks[name];
  };

  Table.prototype.inOrderOf = function (name, falling) {
    var wanted = name + (falling ? "-" : "");
    if (this.base === undefined) {
      var all = new Int32Array(this.number);
      for (var i = 0; i < all.length; i += 1) { all[i] = i; }
      this.base = inOrder(all, this.key("gravity"), false);
    }
    if (this.sorted !== wanted) {
      this.order = name === "" ? this.base : inOrder(this.base, this.key(name), falling);
      this.sorted = wanted;
    }
    return this.order;
  };

  function known(name) { return Object.prototype.hasOwnProperty.call(keys, name) && name !== "gravity"; }

  // Which forms and which organizations fit: a finding fits when both of it do.
  Table.prototype.select = function (state) {
    var data = this.data, form = new Uint8Array(data.forms.length), whose = new Uint8Array(data.organizations.length);
    var words = Sverka.plain(state.organization).split(" ").filter(Boolean);
    var policies = this.policyIds, places = this.placeNames, haystacks = this.haystacks;
    data.forms.forEach(function (one, at) {
      var verdict = data.verdicts[one[1]];
      form[at] = (state.verdict === "" || verdict[0] === state.verdict || verdict[0] + ":" + verdict[1] === state.verdict) &&
        (state.severity === "" || String(data.policies[one[0]].rank) === state.severity) &&
        (state.policy === "" || policies[one[0]] === state.policy) &&
        (!state.disputed || one[8].length > 0) ? 1 : 0;
    });
    data.organizations.forEach(function (one, at) {
      whose[at] = (state.municipality === "" || places[one[2]] === state.municipality) &&
        words.every(function (word) { return haystacks[at].indexOf(word) >= 0; }) ? 1 : 0;
    });
    var order = this.inOrderOf(known(state.sort) ? state.sort : "", state.falling), found = new Int32Array(order.length), number = 0;
    var forms = this.columns.form, organizations = this.columns.organization;
    for (var i = 0; i < order.length; i += 1) {
      var row = order[i];
      if (form[forms[row]] && whose[organizations[row]]) { found[number++] = row; }
    }
    return found.subarray(0, number);
  };

  Sverka.Table = Table;
})();
