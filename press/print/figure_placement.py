"""Figures that do not fit on the rest of a page: the text after them comes first.

A browser that prints puts a figure at the head of the next page and leaves the rest of this one
empty.  A compositor lets the text run on.  So does this script: it follows the blocks of a chapter
down its pages, and where a figure would leave a gap, it makes the figure a little smaller if that
is enough, or else moves the paragraphs after it, within the same section, before it.

The pages are reckoned from the blocks' heights; where the reckoning is off by a line, a page is a
little shorter, and nothing is lost.
"""

from __future__ import annotations

MILLIMETRE = 96 / 25.4
WIDTH, HEIGHT = 148, 247  # of the text on a page, millimetres: A4 without the margins of paper.css

SCRIPT = """height => {
  const GAP = 75, SHRINK = 0.16, SAFE = 9;  // pixels, share of a figure's height, pixels
  const MOVES = new Set(["P", "UL", "OL"]);
  const margins = block => {
    const style = getComputedStyle(block);
    return [parseFloat(style.marginTop) || 0, parseFloat(style.marginBottom) || 0];
  };
  const tall = block => block.getBoundingClientRect().height;
  const blocks = (parent, found) => {
    for (const child of parent.children)
      if (child.tagName === "SECTION" || child.matches(".ledger, .explorer, .table-frame")) blocks(child, found);
      else if (tall(child) > 0) found.push(child);
    return found;
  };
  for (const paragraph of document.querySelectorAll(".chapter p, .chapter li"))
    if (tall(paragraph) < 5 * parseFloat(getComputedStyle(paragraph).lineHeight)) paragraph.classList.add("short");
  for (const table of document.querySelectorAll(".chapter table"))
    if (tall(table) < height / 2) table.classList.add("short");
  for (const claim of document.querySelectorAll(".claim"))
    if (tall(claim) < height / 5) claim.classList.add("short");

  for (const chapter of document.querySelectorAll(".chapter:not(#sources)")) {
    const list = blocks(chapter, []);
    let y = 0, below = 0;
    const place = (block, keep = 0) => {  // where its foot is, after a break if need be
      const [over, under] = margins(block), size = tall(block);
      const whole = block.matches("figure, pre, h1, h2, h3, .short");
      let top = y ? y + Math.max(below, over) : 0;
      if (whole) {
        if (top + size + keep > height - SAFE / 2) top = 0;
        y = top + size;
      } else {  // broken between lines, no line alone
        const line = parseFloat(getComputedStyle(block).lineHeight) || 20;
        let rest = Math.round(size / line);
        while (top + rest * line > height + 1) {
          const here = Math.floor((height - top) / line + 0.02);
          rest -= here < 2 ? 0 : Math.min(here, rest - 2);
          top = 0;
          if (rest * line > height) rest -= Math.floor(height / line);
        }
        y = top + rest * line;
      }
      below = under;
    };
    for (let i = 0; i < list.length; i++) {
      const block = list[i];
      if (block.tagName === "FIGURE") {
        const picture = block.querySelector("img"), room = () => height - SAFE - y - Math.max(below, margins(block)[0]);
        const lack = tall(block) - room();
        if (lack > 0 && y > 0 && picture && lack < SHRINK * tall(picture) && room() > GAP) {
          const size = tall(picture) - lack;
          picture.style.width = "auto";
          picture.style.height = `${size}px`;
        } else {
          let next = i + 1;
          while (y > 0 && tall(block) > room() && room() > GAP && next < list.length
                 && MOVES.has(list[next].tagName) && list[next].parentNode === block.parentNode) {
            block.parentNode.insertBefore(list[next], block);
            place(list[next]);
            next++;
          }
          list.splice(i, next - i, ...list.slice(i + 1, next), block);
          i = next - 1;
        }
        place(list[i]);
      } else {
        const next = list[i + 1];
        const heading = /^H[123]$/.test(block.tagName) && next;
        // Of a figure that follows at once, the text may come first.
        const first = heading && next.matches("figure") ? list[i + 2] ?? next : next;
        place(block, heading ? Math.min(tall(first), first.matches("figure, .short") ? tall(first) : 40) + 12 : 0);
      }
    }
  }
}"""


def settle(page) -> None:
    """Arrange the figures of what is open, in the measure of the printed page."""
    page.emulate_media(media="print")
    page.set_viewport_size(
        {"width": round(WIDTH * MILLIMETRE), "height": round(HEIGHT * MILLIMETRE)}
    )
    page.evaluate(SCRIPT, HEIGHT * MILLIMETRE)
