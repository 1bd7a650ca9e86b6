/* The other editions of the book, for a page of any of them: `site` is what the site holds.

   - In the side bar, the edition opens a list of all; each leads to the same page there.
   - A page that is not of the newest edition says so, and what has changed since.
   - A reader who chose an edition that has not the page is told so on the first page of it.
   - The page for addresses that lead nowhere names editions that have what was sought.

   Pages of editions that are out, and stay as they are, load this file: it may rest only on
   the ids `edition`, `edition-label`, `edition-dev`, `bd-header-version-warning` and `lost`. */

(function (site) {
  "use strict";

  var root = new URL(".", document.currentScript.src);
  var DEV = /\.dev$/;

  function entryOf(version) {
    return site.editions.filter(function (entry) {
      return entry.version === version || (entry.folder === "dev" && DEV.test(version));
    })[0];
  }

  var newest = site.editions.filter(function (entry) { return entry.preferred; })[0];

  function has(entry, page) { return entry.lacks.indexOf(page) < 0; }

  /* The names that a page had after this one, the next first. */
  function later(renamed, page) {
    var names = [];
    while (renamed[page] && names.indexOf(renamed[page]) < 0) names.push(page = renamed[page]);
    return names;
  }

  /* The names that a page had before this one, the last first. */
  function earlier(renamed, page) {
    return Object.keys(renamed)
      .filter(function (old) { return later(renamed, old).indexOf(page) >= 0; })
      .sort(function (a, b) { return later(renamed, a).indexOf(page) - later(renamed, b).indexOf(page); });
  }

  /* What a page of one edition is called in another; nothing if it is not there. */
  function nameIn(entry, page, from) {
    var names = [page].concat(later(entry.renamed, page), from ? earlier(from.renamed, page) : []);
    return names.filter(function (name) { return has(entry, name); })[0];
  }

  function address(entry, page) { return new URL(entry.folder + "/" + page + ".html", root); }

  function titled(page) { return site.titles[page] || page; }

  function called(entry) {
    return entry.folder === "dev" ? "the one in preparation" : "edition " + entry.version;
  }

  function make(tag, content, attributes) {
    var element = document.createElement(tag);
    [].concat(content || []).forEach(function (part) { element.append(part); });
    Object.keys(attributes || {}).forEach(function (name) {
      element.setAttribute(name, attributes[name]);
    });
    return element;
  }

  function link(words, to) { return make("a", words, { href: to.href || to }); }

  /* A link to a page in an edition, at the same place; else to its first page, which says why. */
  function leadTo(entry, page, here, words) {
    var name = nameIn(entry, page, here);
    var to = address(entry, name || entry.first);
    if (!name) {
      to.searchParams.set("missing", page);
      to.searchParams.set("from", here.version);
    }
    var found = link(words, to);
    if (name) found.addEventListener("click", function () { found.hash = location.hash; });
    return found;
  }

  function offer(mark, here) {
    var page = mark.dataset.page;
    var items = site.editions.map(function (entry) {
      var rest = entry.date ? [make("small", entry.date)] : [];
      if (entry === here) return make("li", [make("span", entry.name, { "aria-current": "true" })].concat(rest));
      if (!nameIn(entry, page, here)) rest.push(make("small", "does not have this page"));
      return make("li", [leadTo(entry, page, here, entry.name)].concat(rest));
    });
    items.push(make("li", link("All editions and what changed", new URL("editions.html", root))));
    var label = document.getElementById("edition-label");
    var box = make("details", [make("summary", label.textContent), make("ul", items)]);
    mark.replaceChildren(box);
    function close(event) {
      if (event.key === "Escape" && box.open) {
        box.open = false;
        box.firstChild.focus();
      }
    }
    box.addEventListener("keydown", close);
    document.addEventListener("click", function (event) {
      if (!box.contains(event.target)) box.open = false;
    });
  }

  function say(parts) {
    var slot = document.getElementById("bd-header-version-warning");
    if (!slot) {
      slot = make("aside", [], { id: "bd-header-version-warning", "aria-label": "Editions" });
      document.body.prepend(slot);
    }
    slot.append(make("p", parts));
    slot.classList.remove("d-none");
    slot.parentElement.classList.remove("d-none");
  }

  function sinceThen(older, newer) {
    if (older.changes.indexOf(newer.folder) < 0) return [];
    var to = new URL("changes/" + older.folder + "/" + newer.folder + "/", root);
    to = new URL("index.html", to);
    to.hash = mark.dataset.page; // where that page speaks of this one
    return [" ", link("What has changed since " + older.version, to), "."];
  }

  function warn(mark, here) {
    if (!newest || here === newest) return;
    var page = mark.dataset.page;
    var there = nameIn(newest, page, here)
      ? [leadTo(newest, page, here, "This page in edition " + newest.version), "."]
      : ["This page is not part of ", leadTo(newest, page, here, "edition " + newest.version), "."];
    if (here.folder !== "dev") {
      say(["You read edition " + here.version + "; there is a newer one. "].concat(there, sinceThen(here, newest)));
      return;
    }
    var told = document.getElementById("edition-dev");
    var more = [" "].concat(there, sinceThen(newest, here));
    if (told) told.append.apply(told, more);
    else say(["This is not yet an edition."].concat(more));
  }

  /* Only what is true is said, whatever the address asks for. */
  function regret(here) {
    var asked = new URLSearchParams(location.search);
    var page = asked.get("missing"), from = entryOf(asked.get("from") || "");
    if (!page || !from || has(here, page) || !has(from, page)) return;
    say(["The page ", make("cite", titled(page)), " of " + called(from) + " is not part of " + called(here) +
         "; this is its first page. ", link("Back to that page", address(from, page)), "."]);
    history.replaceState(null, "", location.pathname + location.hash);
  }

  /* On the page for addresses that lead nowhere: where else what was sought is. */
  function find(lost) {
    var path = decodeURIComponent(location.pathname);
    var base = decodeURIComponent(root.pathname);
    if (path.indexOf(base) !== 0) return;
    var page = path.slice(base.length).replace(/^[^/]+\//, "").replace(/\.html$/, "");
    var found = site.editions.filter(function (entry) {
      return Object.prototype.hasOwnProperty.call(site.titles, page) && nameIn(entry, page);
    });
    if (!found.length) return;
    var items = found.map(function (entry) {
      return make("li", link(entry.name, address(entry, nameIn(entry, page))));
    });
    lost.replaceChildren(make("p", ["These have the page ", make("cite", titled(page)), ":"]), make("ul", items));
  }

  var mark = document.getElementById("edition"), lost = document.getElementById("lost");
  var here = mark && entryOf(mark.dataset.version);
  if (here) {
    offer(mark, here);
    regret(here);
    warn(mark, here);
  } else if (lost) {
    find(lost);
  }
})
