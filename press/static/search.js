/* The results of the book's search; only the page of results loads this.

   An entry of the index is a page, or a part of one, named "page#anchor" (press/search/search_index.py).
   A result must hold every word that was sought. If no part of a page holds them all, pages that do
   are shown. Nothing is fetched: the index is a script, and results show no excerpts. */

(function () {
  "use strict";

  if (typeof Search === "undefined") return;
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  var HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;

  /* Entries that hold a word, with a score each. A longer word, and a single Chinese character,
     also count as part of another; Chinese is sought in the titles themselves too. */
  function holding(word) {
    var found = new Map();
    var chinese = word.search(HAN) === 0;
    function add(files, score) {
      [].concat(files).forEach(function (file) {
        if ((found.get(file) || 0) < score) found.set(file, score);
      });
    }
    [
      [Search._index.terms, Scorer.term, Scorer.partialTerm],
      [Search._index.titleterms, Scorer.title, Scorer.partialTitle],
    ].forEach(function (kind) {
      var whole = Object.prototype.hasOwnProperty.call(kind[0], word);
      if (whole) add(kind[0][word], kind[1]);
      if (chinese ? word.length < 2 : !whole && word.length > 2) {
        Object.keys(kind[0]).forEach(function (term) {
          if (term.indexOf(word) >= 0) add(kind[0][term], kind[2]);
        });
      }
    });
    if (chinese) {
      Search._index.titles.forEach(function (title, file) {
        if (title.indexOf(word) >= 0) add(file, Scorer.title);
      });
    }
    return found;
  }

  function page(file) {
    return Search._index.docnames[file].split("#")[0];
  }

  /* The title of a source may hold any word. */
  function isSource(name) {
    return /^data\/sources#/.test(name);
  }

  /* A term explains what was sought. */
  function weight(file) {
    return /^chapters\/glossary#term/.test(Search._index.docnames[file]) ? 1.5 : 1;
  }

  /* Entries in every one of the maps, with the sum of their scores. */
  function inAll(maps) {
    var all = new Map();
    if (!maps.length) return all;
    maps[0].forEach(function (score, key) {
      var sum = 0;
      var everywhere = maps.every(function (map) {
        sum += map.get(key) || 0;
        return map.has(key);
      });
      if (everywhere) all.set(key, sum / maps.length);
    });
    return all;
  }

  Search.performTermsSearch = function (sought, excluded) {
    var index = Search._index;
    var maps = Array.from(sought, holding);
    var unwanted = new Set();
    excluded.forEach(function (word) {
      holding(word).forEach(function (_, file) {
        unwanted.add(file);
      });
    });
    var found = inAll(maps);
    if (!found.size) {
      var pages = inAll(maps.map(function (map) {
        var byPage = new Map();
        map.forEach(function (score, file) {
          if (isSource(index.docnames[file])) return; // sources have no more in common than being listed
          byPage.set(page(file), Math.max(score, byPage.get(page(file)) || 0));
        });
        return byPage;
      }));
      pages.forEach(function (score, name) {
        found.set(index.docnames.indexOf(name), score);
      });
    }
    var results = [];
    found.forEach(function (score, file) {
      if (file >= 0 && !unwanted.has(file)) {
        results.push([
          index.docnames[file], index.titles[file], "", null, score * weight(file), index.filenames[file],
        ]);
      }
    });
    return results;
  };

  var stock = Search._performSearch;
  Search._performSearch = function () {
    var all = stock.apply(Search, arguments);
    var sought = arguments[0].toLowerCase().trim();
    function comesLast(result) { // a source, but for one that is called by its whole key
      var anchor = (result[0] + (result[2] || "")).split("#")[1];
      return isSource(result[0]) && anchor !== sought;
    }
    // The list is shown from its end.
    return all.filter(comesLast).concat(all.filter(function (result) { return !comesLast(result); })).map(function (result) {
      var cut = result[0].indexOf("#");
      if (cut >= 0) {
        result[2] = result[0].slice(cut);
        result[0] = result[0].slice(0, cut);
      }
      result[1] = result[1].replace(HAN, '<span lang="zh-Hans">$&</span>');
      return result;
    });
  };
})();
