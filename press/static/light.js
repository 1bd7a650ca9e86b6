/* Fills the folds whose text is a file (press.postprocess.deferred.folds), when the first of them is opened.

   The file is a script of the book, since a page opened from a disk may load one and may not fetch
   anything else. What it hands over is the text that press.extensions.figure_cards made for this page. */

(function () {
  "use strict";

  var folds = document.querySelectorAll("details[data-from]");
  if (!folds.length) return;
  var asked = false;

  function fill(event) {
    Array.prototype.forEach.call(folds, function (fold) {
      while (fold.lastChild !== fold.firstElementChild) fold.lastChild.remove();
      fold.firstElementChild.insertAdjacentHTML("afterend", event.detail[Number(fold.dataset.part)]);
    });
  }

  function ask(event) {
    if (asked || !event.target.open) return;
    asked = true;
    var script = document.createElement("script");
    script.src = event.target.dataset.from;
    document.head.appendChild(script);
  }

  document.addEventListener("folds", fill, { once: true });
  Array.prototype.forEach.call(folds, function (fold) {
    fold.addEventListener("toggle", ask);
  });
})();
