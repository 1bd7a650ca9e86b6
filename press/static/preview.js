/* What a link leads to: a card on hover and on focus by the keyboard.

   Shown are claims and terms (from the page's JSON, press/previews.py), figures of the page (its own
   picture and caption) and citations (the link's title). The card describes its link to a screen
   reader, can be pointed at, and goes with Escape. A tap follows the link as ever. Everything is
   written as text, never as markup. */

(function () {
  "use strict";

  var DELAY = 160; // milliseconds that a pointer must rest
  var HAN = /([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)/;
  var open = null; // {link, card}
  var timer = 0;
  var facts = {};

  function make(kind, words) {
    var node = document.createElement("span");
    node.className = kind;
    (words || "").split(HAN).forEach(function (part) {
      if (!part) return;
      var piece = document.createTextNode(part);
      if (HAN.test(part)) {
        var marked = document.createElement("span");
        marked.lang = "zh-Hans";
        marked.appendChild(piece);
        piece = marked;
      }
      node.appendChild(piece);
    });
    return node;
  }

  function figureOf(link) {
    var address = link.getAttribute("href");
    var found = address[0] === "#" && document.getElementById(decodeURIComponent(address.slice(1)));
    return found && found.tagName === "FIGURE" && !found.contains(link) ? found : null;
  }

  function drawn(figure, card) {
    // Of a picture in two colourings, the one that shows.
    var picture = Array.from(figure.querySelectorAll("svg, img")).find(function (each) {
      return each.getClientRects().length;
    });
    if (picture) {
      picture = picture.cloneNode(true);
      picture.removeAttribute("id");
      picture.querySelectorAll("[id]").forEach(function (node) {
        node.removeAttribute("id"); // what refers to it finds the original
      });
      picture.setAttribute("aria-hidden", "true");
      card.appendChild(picture);
      card.classList.add("with-figure");
    }
    var caption = figure.querySelector("figcaption");
    var words = caption ? caption.cloneNode(true) : null;
    if (!words) return;
    words.querySelectorAll(".headerlink, .quantity-card").forEach(function (node) {
      node.remove();
    });
    card.appendChild(make("preview-words", words.textContent.replace(/\s+/g, " ").trim()));
  }

  function build(link) {
    var card = make("quantity-card preview-card");
    card.id = "preview-card";
    card.setAttribute("role", "tooltip");
    var figure = figureOf(link);
    var said = facts[link.getAttribute("href")];
    if (figure) drawn(figure, card);
    else if (said) {
      card.appendChild(make("preview-head", said[0]));
      if (said[2]) card.appendChild(make("preview-verdict", said[2]));
      card.appendChild(make("preview-words", said[1]));
    } else card.appendChild(make("preview-words", link.dataset.preview));
    return card;
  }

  function place(link, card) {
    if (window.innerWidth < 600) return; // the style sheet puts it at the foot of the screen
    var at = link.getClientRects()[0];
    var within = link.closest("article").getBoundingClientRect();
    card.style.left = card.style.top = "0px";
    var zero = card.getBoundingClientRect();
    var left = Math.max(within.left, Math.min(at.left, within.right - zero.width));
    var below = at.bottom + 4;
    var above = at.top - zero.height - 4;
    var top = below + zero.height > window.innerHeight && above > 0 ? above : below;
    card.style.left = left - zero.left + "px";
    card.style.top = top - zero.top + "px";
  }

  function show(link) {
    if (open && open.link === link) return;
    hide();
    var card = build(link);
    link.closest("article").appendChild(card);
    link.setAttribute("aria-describedby", card.id);
    open = { link: link, card: card };
    place(link, card);
    card.addEventListener("pointerleave", leave);
  }

  function hide() {
    clearTimeout(timer);
    if (!open) return;
    open.link.removeAttribute("aria-describedby");
    open.card.remove();
    open = null;
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (open && !open.card.matches(":hover") && !open.link.matches(":hover")) hide();
    }, DELAY * 2);
  }

  function prepare(link) {
    if (link.title) {
      link.dataset.preview = link.title.replace(/\s*URL: \S+.*$/, "");
      link.removeAttribute("title"); // the card says it, and two of them would overlap
    }
    link.addEventListener("pointerenter", function (event) {
      if (event.pointerType !== "mouse") return;
      clearTimeout(timer);
      timer = setTimeout(function () {
        show(link);
      }, DELAY);
    });
    link.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") leave();
    });
    link.addEventListener("focus", function () {
      if (link.matches(":focus-visible")) show(link);
    });
    link.addEventListener("blur", hide);
    link.addEventListener("click", hide);
  }

  function start() {
    var block = document.getElementById("preview-facts");
    if (block) facts = JSON.parse(block.textContent);
    document.querySelectorAll("article a[href*='#']").forEach(function (link) {
      if (link.classList.contains("headerlink")) return;
      var cited = link.title && link.classList.contains("reference") && link.classList.contains("internal");
      if (cited || facts[link.getAttribute("href")] || figureOf(link)) prepare(link);
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") hide();
    });
    document.addEventListener("pointerdown", function (event) {
      if (open && !open.card.contains(event.target)) hide();
    });
    window.addEventListener("resize", hide);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
