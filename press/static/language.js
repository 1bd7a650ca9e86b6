/* Marks the Chinese in what scripts add to a page: cards, search results, the explorer's lists.

   The page as it was built is marked already (press/postprocess/language.py); this does the same for
   later text, by the same rules: Japanese if there are kana, zh-Hans if the standard set of
   simplified characters (GB 2312) has them all, else zh. */

(function () {
  "use strict";

  var HAN = "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
  var HAS = new RegExp("[" + HAN + "]");
  var RUN = new RegExp("[《“‘\\uff08〔「『【]?[" + HAN + "](?:[^\\x00-\\x7f]|[0-9A-Za-z+./ -]{1,12}(?=[" + HAN + "]))*", "g");
  var KANA = /[\u3040-\u30fa\u30fd-\u30ff]/;
  var simplified = null;

  function set() {
    // The set is rows 0xB0 to 0xF7 of its own encoding.
    if (simplified) return simplified;
    var bytes = [];
    for (var row = 0xb0; row <= 0xf7; row++) for (var at = 0xa1; at <= 0xfe; at++) bytes.push(row, at);
    simplified = new Set(new TextDecoder("gb2312").decode(new Uint8Array(bytes)));
    return simplified;
  }

  function tongue(words) {
    if (KANA.test(words)) return "ja";
    var all = words.match(/[\u4e00-\u9fff]/g) || [];
    return all.every(function (sign) { return set().has(sign); }) ? "zh-Hans" : "zh";
  }

  function mark(text) {
    var parent = text.parentElement, words = text.data;
    if (!parent || !HAS.test(words) || parent.closest("[lang|=zh], [lang|=ja], script, style, textarea")) return;
    if (parent.tagName === "OPTION") {
      parent.lang = tongue(words);
      return;
    }
    var pieces = document.createDocumentFragment(), end = 0, tag = tongue(words);
    var space = parent.namespaceURI, svg = /svg$/.test(space);
    words.replace(RUN, function (run, at) {
      pieces.appendChild(document.createTextNode(words.slice(end, at)));
      var piece = svg ? document.createElementNS(space, "tspan") : document.createElement("span");
      piece.setAttribute("lang", tag);
      piece.textContent = run;
      pieces.appendChild(piece);
      end = at + run.length;
    });
    pieces.appendChild(document.createTextNode(words.slice(end)));
    parent.replaceChild(pieces, text);
  }

  function within(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      mark(node);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || !HAS.test(node.textContent)) return;
    var found = [], walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode);
    found.forEach(mark);
  }

  function start() {
    new MutationObserver(function (changes) {
      changes.forEach(function (change) { change.addedNodes.forEach(within); });
    }).observe(document.body, { childList: true, subtree: true });
    within(document.body);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
