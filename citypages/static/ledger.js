/* The filter of the claim ledger: by chapter and by verdict.

   The form is hidden until this script can serve it, so that a page without scripts shows every
   claim and no dead controls. The choice stands in the address (?chapter=...&verdict=...), so that a
   filtered ledger can be linked to. A link to one claim (#C07) always shows that claim. */

(function () {
  "use strict";

  // In another language than the first a page has words.js (press/languages).
  function say(words, given) {
    return ((window.bookWords || {})[words] || words).replace(/\{(\w+)\}/g, function (_, name) { return given[name]; });
  }

  function start() {
    var form = document.getElementById("ledger-filter");
    if (!form) return;
    var claims = Array.prototype.slice.call(document.querySelectorAll(".claim"));
    var count = document.getElementById("ledger-count");
    var names = ["chapter", "verdict"];

    function choice(name) {
      return form.elements[name].value;
    }

    function apply() {
      var shown = 0;
      claims.forEach(function (claim) {
        var fits = names.every(function (name) {
          return !choice(name) || claim.dataset[name] === choice(name);
        });
        claim.hidden = !fits;
        if (fits) shown += 1;
      });
      count.value = say("{shown} of {all} claims", { shown: shown, all: claims.length });
    }

    function remember() {
      var query = new URLSearchParams();
      names.forEach(function (name) {
        if (choice(name)) query.set(name, choice(name));
      });
      var text = query.toString();
      try {
        history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
      } catch (error) {
        /* a page opened from a file may not change its address */
      }
    }

    function recall() {
      var query = new URLSearchParams(location.search);
      names.forEach(function (name) {
        var wanted = query.get(name) || "";
        var known = Array.prototype.some.call(form.elements[name].options, function (option) {
          return option.value === wanted;
        });
        form.elements[name].value = known ? wanted : "";
      });
    }

    function reveal() {
      var claim = location.hash && document.getElementById(location.hash.slice(1));
      if (claim && claim.hidden) {
        names.forEach(function (name) {
          form.elements[name].value = "";
        });
        apply();
        claim.scrollIntoView();
      }
    }

    form.addEventListener("change", function () {
      apply();
      remember();
    });
    form.addEventListener("reset", function () {
      // The controls are reset after this event.
      setTimeout(function () {
        apply();
        remember();
      }, 0);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    window.addEventListener("hashchange", reveal);

    form.hidden = false;
    recall();
    apply();
    reveal();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
