// What the reader does: filters, sorts, turns pages, opens findings. The address keeps it.
(function () {
  var SIZE = 50;
  var node = function (id) { return document.getElementById(id); };
  var element = Sverka.element;
  var NAMES = ["verdict", "severity", "policy", "municipality", "organization", "sort"];

  function readState() {
    var found = new URLSearchParams(location.hash.slice(0, 2) === "#?" ? location.hash.slice(2) : "");
    var state = { disputed: found.get("disputed") === "1", falling: found.get("down") === "1", page: Number(found.get("page")) || 1 };
    NAMES.forEach(function (name) { state[name] = found.get(name) || ""; });
    return state;
  }

  function writeState(state) {
    var told = new URLSearchParams();
    NAMES.forEach(function (name) { if (state[name]) { told.set(name, state[name]); } });
    if (state.disputed) { told.set("disputed", "1"); }
    if (state.falling) { told.set("down", "1"); }
    if (state.page > 1) { told.set("page", String(state.page)); }
    history.replaceState(null, "", "#?" + told.toString());
  }

  function Page(data) {
    this.data = data;
    this.columns = Sverka.columns(data);
    this.table = new Sverka.Table(data, this.columns);
    this.numbers = new Intl.NumberFormat(data.language);
    this.fillSelects();
    this.listen();
    node("live").hidden = false;
    node("static").hidden = true;
    this.fromAddress(false);
  }

  Page.prototype.fillSelects = function () {
    var data = this.data, table = this.table;
    var used = {};
    data.forms.forEach(function (form) { used[form[1]] = true; });
    data.verdicts.forEach(function (verdict, at) {
      if (used[at]) { option(node("by-verdict"), at < 5 ? verdict[0] : verdict[0] + ":" + verdict[1], verdict[1]); }
    });
    Array.prototype.forEach.call(node("by-severity").options, function (one, at) { if (at > 0) { one.value = String(at - 1); } });
    sorted(table, table.policyIds).forEach(function (at) {
      option(node("by-policy-id"), table.policyIds[at], table.policyIds[at] + " " + data.policies[at].title);
    });
    sorted(table, data.places.map(function (place) { return place[2] + " " + place[1]; })).forEach(function (at) {
      option(node("by-municipality"), table.placeNames[at], data.places[at][2] + ", " + (data.places[at][1] || data.words.no_place));
    });
  };

  function sorted(table, texts) {
    var ranks = table.ranksOf(texts);
    return texts.map(function (_, at) { return at; }).sort(function (a, b) { return ranks[a] - ranks[b]; });
  }

  function option(select, value, text) {
    var one = element("option", text);
    one.value = value;
    select.appendChild(one);
  }

  var FIELDS = { verdict: "by-verdict", severity: "by-severity", policy: "by-policy-id", municipality: "by-municipality",
    organization: "by-organization" };

  Page.prototype.listen = function () {
    var page = this, form = node("filter"), waiting = 0;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () { page.fromForm(); }, 120);
    });
    form.addEventListener("reset", function () { setTimeout(function () { page.fromForm(); }, 0); });
    window.addEventListener("hashchange", function () { if (location.hash.slice(0, 2) === "#?") { page.fromAddress(true); } });
    document.querySelector("#rows thead").addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button !== null) { page.sortBy(button.dataset.sort); }
    });
    document.querySelector("#rows tbody").addEventListener("click", function (event) {
      var button = event.target.closest("button.open");
      if (button !== null) { page.toggle(button); }
    });
    node("pager").addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button !== null) { page.turn(button.dataset.go); }
    });
  };

  Page.prototype.fromForm = function () {
    var state = this.state;
    Object.keys(FIELDS).forEach(function (name) { state[name] = node(FIELDS[name]).value; });
    state.disputed = node("by-disputed").checked;
    state.page = 1;
    this.show(true);
  };

  Page.prototype.fromAddress = function (scroll) {
    var state = this.state = readState();
    Object.keys(FIELDS).forEach(function (name) {
      node(FIELDS[name]).value = state[name];
      if (node(FIELDS[name]).value !== state[name]) { node(FIELDS[name]).value = ""; state[name] = ""; }
    });
    node("by-disputed").checked = state.disputed;
    this.show(false);
    if (scroll || location.hash.slice(0, 2) === "#?") { node("findings").scrollIntoView(); }
  };

  Page.prototype.sortBy = function (name) {
    var state = this.state;
    if (state.sort !== name) { state.sort = name; state.falling = false; } else if (!state.falling) { state.falling = true; } else { state.sort = ""; state.falling = false; }
    state.page = 1;
    this.show(true);
  };

  Page.prototype.turn = function (where) {
    var pages = Math.max(1, Math.ceil(this.found.length / SIZE));
    this.state.page = { first: 1, previous: this.state.page - 1, next: this.state.page + 1, last: pages }[where];
    this.show(true);
    node("findings").scrollIntoView();
  };

  Page.prototype.show = function (keep) {
    var state = this.state;
    this.found = this.table.select(state);
    var pages = Math.max(1, Math.ceil(this.found.length / SIZE));
    state.page = Math.min(Math.max(1, Math.floor(state.page)), pages);
    if (keep) { writeState(state); }
    var first = (state.page - 1) * SIZE;
    var rows = this.found.subarray(first, first + SIZE);
    var body = document.createDocumentFragment(), page = this;
    rows.forEach(function (row) { body.appendChild(page.line(row)); });
    document.querySelector("#rows tbody").replaceChildren(body);
    Array.prototype.forEach.call(document.querySelectorAll("#rows thead button"), function (button) {
      var order = state.sort !== button.dataset.sort ? "none" : state.falling ? "descending" : "ascending";
      button.parentNode.setAttribute("aria-sort", order);
    });
    this.tell(first, rows.length, pages);
  };

  Page.prototype.tell = function (first, number, pages) {
    var words = this.data.words, told = this.numbers, all = this.table.number, found = this.found.length;
    var count = number === 0 ? words.nothing : Sverka.fill(words.shown, {
      first: told.format(first + 1), last: told.format(first + number), number: told.format(found) });
    if (number > 0 && found !== all) { count += " " + Sverka.fill(words.of_all, { all: told.format(all) }); }
    node("count").textContent = count;
    node("page").textContent = Sverka.fill(words.page, { page: told.format(this.state.page), pages: told.format(pages) });
    var state = this.state;
    Array.prototype.forEach.call(document.querySelectorAll("#pager button"), function (button) {
      var back = button.dataset.go === "first" || button.dataset.go === "previous";
      button.disabled = back ? state.page === 1 : state.page === pages;
    });
  };

  Page.prototype.line = function (row) {
    var finding = new Sverka.Finding(this.data, this.columns, row), words = this.data.words;
    var line = element("tr"), organization = finding.organization;
    line.appendChild(element("td", finding.verdictWord(), this.data.verdicts[finding.form.verdict][2]));
    line.appendChild(element("td", finding.policy.severity || "—"));
    var policy = element("td");
    policy.appendChild(element("span", finding.policy.id, "name"));
    line.appendChild(policy);
    var place = element("td", organization.place[1] || words.no_place);
    place.appendChild(element("span", " " + organization.place[2], "more"));
    line.appendChild(place);
    var whose = element("td", organization.page ? "" : organization.name || words.inn + " " + organization.inn);
    if (organization.page) {
      var link = element("a", organization.name || organization.inn);
      link.setAttribute("href", organization.page);
      link.title = words.page_of;
      whose.appendChild(link);
    }
    if (organization.name) { whose.appendChild(element("span", " " + words.inn + " " + organization.inn, "more")); }
    line.appendChild(whose);
    var last = element("td"), button = element("button", finding.headline(), "open");
    button.type = "button";
    button.dataset.row = String(row);
    button.setAttribute("aria-expanded", "false");
    last.appendChild(button);
    if (finding.subject !== "organization") { last.appendChild(element("code", finding.ref || finding.subject, "more")); }
    line.appendChild(last);
    return line;
  };

  Page.prototype.toggle = function (button) {
    var line = button.closest("tr"), open = button.getAttribute("aria-expanded") === "true";
    if (open) {
      line.nextElementSibling.remove();
      button.removeAttribute("aria-controls");
    } else {
      var detail = element("tr", "", "detail"), cell = element("td"), id = "detail-" + button.dataset.row;
      detail.id = id;
      cell.colSpan = 6;
      cell.appendChild(new Sverka.Finding(this.data, this.columns, Number(button.dataset.row)).detail());
      detail.appendChild(cell);
      line.after(detail);
      button.setAttribute("aria-controls", id);
    }
    button.setAttribute("aria-expanded", String(!open));
  };

  // --- tables of municipalities and policies: the rest is folded away, a search looks through all ---------------------

  function fold(button) {
    var rest = document.querySelector("#" + button.dataset.rows + " .folded");
    var find = node("find-" + button.dataset.rows);
    var set = function (open) { rest.hidden = !open; button.setAttribute("aria-expanded", String(open)); };
    button.hidden = false;
    set(false);
    button.addEventListener("click", function () { set(rest.hidden); });
    if (find === null) { return; }
    find.parentNode.hidden = false;
    find.addEventListener("input", function (event) {
      var words = Sverka.plain(event.target.value).split(" ").filter(Boolean), shown = 0;
      Array.prototype.forEach.call(document.querySelectorAll("#" + button.dataset.rows + " tbody tr"), function (line) {
        var text = Sverka.plain(line.cells[0].textContent);
        line.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        shown += line.hidden ? 0 : 1;
      });
      set(words.length > 0);
      var none = node("none-" + button.dataset.rows);
      none.textContent = shown === 0 ? none.dataset.none : "";
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("button.unfold"), fold);
  if (node("static") !== null) {
    var needs = node("needs");
    needs.textContent = needs.dataset.loading;
    Sverka.ready = Sverka.read(node("data")).then(function (data) { Sverka.page = new Page(data); }).catch(function (error) {
      needs.textContent = needs.dataset.old;
      throw error;
    });
  }
})();
