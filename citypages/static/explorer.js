/* The explorer of the chapter on catching up: the reader's own case.

   It computes what citygap/cities/explorer.py computes, from the numbers that the page carries, and prints
   them by the rules of citygap/quantity/rounding.py; tests/citygap/cities/test_explorer.py compares the two over a grid. The
   picture is drawn by Vega-Lite, fetched when it comes into sight. No text is evaluated as code. The
   case stands in the address (?follower=...), so that it can be linked to. */

(function () {
  "use strict";

  // In another language than the first a page has words.js (press/languages).
  function say(words, given) {
    return ((window.bookWords || {})[words] || words).replace(/\{(\w+)\}/g, function (_, name) { return given[name]; });
  }
  var CHINESE = /^zh/.test(document.documentElement.lang);

  // ------------------------------------------------- decimal numbers: c times ten to the e, c whole

  function ten(n) { return 10n ** BigInt(n); }
  function abs(c) { return c < 0n ? -c : c; }

  function decimal(x) {
    // Ten significant digits: the rest is the noise of binary fractions.
    var parts = x.toExponential(9).split("e");
    return { c: BigInt(parts[0].replace(".", "")), e: Number(parts[1]) - 9 };
  }
  function digits(d) { return abs(d.c).toString().length; }
  function adjusted(d) { return d.e + digits(d) - 1; }
  function aligned(a, b) {
    var e = Math.min(a.e, b.e);
    return [a.c * ten(a.e - e), b.c * ten(b.e - e), e];
  }
  function plus(a, b) { var t = aligned(a, b); return { c: t[0] + t[1], e: t[2] }; }
  function minus(a, b) { return plus(a, { c: -b.c, e: b.e }); }
  function times(a, b) { return { c: a.c * b.c, e: a.e + b.e }; }
  function size(a) { return { c: abs(a.c), e: a.e }; }
  function compare(a, b) { var t = aligned(a, b); return t[0] < t[1] ? -1 : t[0] > t[1] ? 1 : 0; }

  function rounded(d, place, way) {
    if (d.e >= place) return { c: d.c * ten(d.e - place), e: place };
    var unit = ten(place - d.e), q = d.c / unit, r = d.c % unit; // towards zero
    if (way === "floor" && r < 0n) q -= 1n;
    if (way === "ceiling" && r > 0n) q += 1n;
    if (way === "even") {
      var twice = 2n * abs(r);
      if (twice > unit || (twice === unit && q % 2n !== 0n)) q += d.c < 0n ? -1n : 1n;
    }
    return { c: q, e: place };
  }
  function unpadded(d) {
    while (d.e < 0 && d.c % 10n === 0n) d = { c: d.c / 10n, e: d.e + 1 };
    return d.e > 0 ? { c: d.c * ten(d.e), e: 0 } : d;
  }
  function placeOf(d, n) { return d.c === 0n ? 0 : adjusted(d) - n + 1; }

  function show(d, separator) {
    if (d.c !== 0n && !(adjusted(d) > -7 && adjusted(d) < 16)) {
      var text = abs(d.c).toString(), tail = text.slice(1), power = adjusted(d);
      return (d.c < 0n ? "-" : "") + text[0] + (tail ? "." + tail : "") + "e" + (power < 0 ? "-" : "+") + Math.abs(power);
    }
    return plain(d).replace(/\d+/, function (whole) { return whole.replace(/\B(?=(\d{3})+$)/g, separator); });
  }
  function plain(d) {
    var text = abs(d.c).toString(), fraction = "";
    if (d.e > 0) text = d.c === 0n ? "0" : text + "0".repeat(d.e);
    if (d.e < 0) {
      text = text.padStart(1 - d.e, "0");
      fraction = "." + text.slice(d.e);
      text = text.slice(0, d.e);
    }
    return (d.c < 0n ? "-" : "") + text + fraction;
  }

  // ------------------------------------------ ranges in words (quantity/rounding.py, quantity/chinese.py)

  var NARROW = { c: 1n, e: -2 }, SHIFT = { c: 2n, e: -3 }, SLACK = { c: 125n, e: -2 };

  function narrow(a, b) {
    if (compare(a, b) === 0) return true;
    var least = compare(size(a), size(b)) < 0 ? size(a) : size(b);
    return a.c > 0n === b.c > 0n && compare(minus(b, a), times(NARROW, least)) <= 0;
  }
  function oneNumber(a, b) {
    var middle = times(plus(a, b), { c: 5n, e: -1 });
    if (compare(a, b) === 0) {
      var short = unpadded(a);
      if (short.e >= 0 || digits(short) <= 3) return short;
    }
    for (var n = 2; n <= 15; n++) {
      var shown = rounded(middle, placeOf(middle, n), "even");
      if (compare(a, shown) <= 0 && compare(shown, b) <= 0) break;
      if (compare(size(minus(shown, middle)), times(SHIFT, size(middle))) <= 0) break;
    }
    return shown;
  }
  function twoNumbers(a, b, fixed) {
    var larger = compare(size(a), size(b)) > 0 ? size(a) : size(b), first, last;
    for (var n = fixed || 2; n <= 15; n++) {
      var place = placeOf(larger, n);
      first = rounded(a, place, "floor");
      last = rounded(b, place, "ceiling");
      if (fixed || compare(minus(last, first), times(SLACK, minus(b, a))) <= 0) break;
    }
    if (first.c === 0n && a.c > 0n) first = rounded(a, placeOf(a, 2), "floor");
    if (last.c === 0n && b.c < 0n) last = rounded(b, placeOf(b, 2), "ceiling");
    return [first, last];
  }
  function inWords(low, high, unit) {
    var a = decimal(low), b = decimal(high);
    return printed(narrow(a, b) ? [oneNumber(a, b)] : twoNumbers(a, b, 0), unit);
  }
  function printed(numbers, unit) {
    if (!CHINESE) return numbers.map(function (d) { return show(d, ","); }).join(" to ") + unit;
    // A ratio below one is in per cent; from ten thousand on numbers are in the sizes of Chinese.
    var largest = numbers.map(size).reduce(function (a, b) { return compare(a, b) < 0 ? b : a; }), power = 0, word = unit;
    if (!unit && largest.c && adjusted(largest) < 0) { power = 2; word = "%"; }
    else if (!unit) {
      [[12, "万亿"], [8, "亿"], [4, "万"]].some(function (each) {
        if (adjusted(largest) < each[0]) return false;
        power = -each[0];
        word = each[1];
        return true;
      });
    }
    return numbers.map(function (d) { return plain(power ? unpadded({ c: d.c, e: d.e + power }) : d) + word; }).join("至");
  }
  function micro(x) { return Math.abs(x) < 9e9 ? Math.round(x * 1e6) / 1e6 : x; }
  function inYears(low, high) {
    var a = decimal(Math.floor(micro(low))), b = decimal(Math.ceil(micro(high)));
    var years = compare(a, b) === 0 ? [rounded(a, placeOf(a, 4), "even")] : twoNumbers(a, b, 4);
    return years.map(function (d) { return CHINESE ? plain(d) : show(d, ""); }).join(CHINESE ? "—" : " to ") + (CHINESE ? "年" : "");
  }

  // ------------------------------------------------------------------ one case (gap.py, scenarios.py)

  var ROUNDING = 1e-13;
  function slack(x, side) { return isFinite(x) && x !== 0 ? x + side * ROUNDING * Math.abs(x) : x; }

  function logGrowth(follower, leader) {
    var part = (follower - leader) / (1 + leader);
    return part > -0.5 && part < 1 ? Math.log1p(part) : Math.log((1 + follower) / (1 + leader));
  }
  function over(distance, speed) {
    return distance <= 0 ? 0 : speed <= 0 ? Infinity : distance / speed;
  }

  function firstYear(early) { return String(BigInt(Math.floor(micro(early)))); }

  function work(leader, follower, theirs, ours, start, until, horizons) {
    var multiple = [leader.low / follower.high, leader.high / follower.low];
    var soonest = over(Math.log(multiple[0]), logGrowth(ours.high, theirs.low));
    var latest = over(Math.log(multiple[1]), logGrowth(ours.low, theirs.high));
    var early = start + slack(soonest, -1), late = start + slack(latest, 1), text, kind = "years";
    if (late > until) late = Infinity; // from then on both grow alike
    if (early > until) early = Infinity;
    if (early === Infinity) {
      kind = "never";
      text = say("never");
    } else if (late === start) {
      kind = "level";
      text = say("level in {year}", { year: start });
    } else if (late === Infinity) {
      kind = "open";
      text = say("cannot tell: from {early} or never", { early: firstYear(early) });
    } else text = inYears(early, late);
    var spans = horizons.map(function (by) { return Math.min(by, until) - start; });
    var needed = spans.map(function (years) {
      var power = 1 / years;
      function rate(many, growth) { return 100 * ((1 + growth) * Math.pow(many, power) - 1); }
      return inWords(slack(rate(multiple[0], theirs.low), -1), slack(rate(multiple[1], theirs.high), 1), "%");
    });
    var left = spans.map(function (years) {
      function at(many, leads, follows) {
        return many * Math.pow((1 + leads) / (1 + follows), years);
      }
      return inWords(slack(at(multiple[0], theirs.low, ours.high), -1),
                     slack(at(multiple[1], theirs.high, ours.low), 1), "");
    });
    return { multiple: inWords(multiple[0], multiple[1], ""), ahead: multiple[1] <= 1, kind: kind, faster: isFinite(soonest),
             parity: text, early: early, late: late, until: until, needed: needed, left: left };
  }

  // ------------------------------------------------------------------------------- the picture

  // Vega-Lite draws it (citygap/charts/interactive.py), through the interpreter that needs no eval. Its
  // script is fetched when the picture comes into sight, and each frame draws the case that stands then.

  var HERE = document.currentScript.src, SILENT = {};
  ["level", "error", "warn", "info", "debug"].forEach(function (name) { SILENT[name] = function () { return SILENT; }; });

  function picture(box, spec) {
    var view = null, wanted = null, due = 0;

    function draw() {
      due = 0;
      if (!view || !wanted) return;
      box.setAttribute("role", "img");
      box.setAttribute("aria-label", wanted.said);
      view.signal("unit", wanted.unit).signal("span", wanted.span).data("marks", wanted.marks).runAsync();
    }
    function show(next) {
      wanted = next;
      if (!due) due = requestAnimationFrame(draw);
    }
    function start() {
      var vega = window.vegaOfTheBook;
      spec.config.font = getComputedStyle(box).fontFamily;
      view = new vega.View(vega.parse(vega.compile(spec, { logger: SILENT }).spec, null, { ast: true }), {
        expr: vega.expressionInterpreter, renderer: "svg", container: box.appendChild(document.createElement("div")),
        logger: SILENT, hover: false
      });
      show(wanted);
    }
    new IntersectionObserver(function (seen, observer) {
      if (!seen.some(function (each) { return each.isIntersecting; })) return;
      observer.disconnect();
      if (window.vegaOfTheBook) return start();
      var script = document.createElement("script");
      script.src = new URL("explore/vega.js", HERE);
      script.onload = start;
      document.head.appendChild(script);
    }).observe(box);
    return show;
  }

  /* What is drawn of a case: each city in the first and the last year, and the years of parity. */
  function drawn(cities, found, start, said, unit) {
    var end = isFinite(found.late) ? Math.min(Math.max(Math.ceil(found.late) + 3, start + 12), start + 60)
      : isFinite(found.early) ? Math.min(Math.max(Math.ceil(found.early) + 10, start + 20), start + 60) : start + 20;
    end = Math.min(end, found.until);
    function at(city, side, year) {
      return Math.min(Math.max(city.level[side] * Math.pow(1 + city.rate[side], year - start), 1e-300), 1e300);
    }
    function middle(city, year) { return Math.sqrt(at(city, "low", year)) * Math.sqrt(at(city, "high", year)); }
    var marks = [];
    cities.forEach(function (city, number) {
      [start, end].forEach(function (year) {
        marks.push({ n: number, name: city.name, ink: city.colour, dash: number ? [7, 4] : [1, 0], year: year, last: year === end,
          low: at(city, "low", year), high: at(city, "high", year), at: middle(city, year), rival: middle(cities[1 - number], year),
          first: start, was: middle(city, start) });
      });
    });
    var level = isFinite(found.early) && found.early < end && found.late > start;
    var from = Math.max(found.early, start);
    return { marks: marks, said: said, unit: unit,
             span: level ? [from, Math.max(Math.min(found.late, end), from + (end - start) / 200)] : [start, start] };
  }

  // ---------------------------------------------------------------------------------- the controls

  function start(root) {
    var data = JSON.parse(root.querySelector(".explorer-data").textContent);
    var form = root.querySelector("form"), answer = root.querySelector(".explorer-answer");
    var show = picture(answer.querySelector(".explorer-picture"), data.picture);
    var fields = form.elements, sides = ["follower", "leader"], dials = ["scope", "words", "until"];

    function option(select, value, words, off) {
      var node = document.createElement("option");
      node.value = value;
      node.textContent = words;
      node.disabled = Boolean(off);
      select.appendChild(node);
    }
    function yardstick() { return data.yardsticks[fields.yardstick.value]; }
    function reading() {
      // The figures by the choices of scope and words; most yardsticks are read on one scope alone.
      var kind = yardstick(), numbers = kind.numbers;
      var number = numbers[fields.scope.value + " " + fields.words.value];
      return kind.readings[number === undefined ? numbers["printed " + fields.words.value] : number];
    }
    function slider(side) { return root.querySelector("#explorer-" + side + "-growth-slide"); }

    function fillCities() {
      var levels = reading().levels;
      fields.scope.disabled = !Object.keys(yardstick().numbers).some(function (key) { return /^core /.test(key); });
      sides.forEach(function (side) {
        var kept = fields[side].value || data.first[side];
        fields[side].textContent = "";
        Object.keys(data.places).forEach(function (place) {
          option(fields[side], place, data.places[place].listed, !levels[place]);
        });
        fields[side].value = levels[kept] ? kept : Object.keys(levels)[0];
      });
      if (fields.leader.value === fields.follower.value) {
        fields.leader.value = Object.keys(levels).filter(function (p) { return p !== fields.follower.value; })[0];
      }
    }
    function fillGrowths(side, wanted) {
      // Without a growth wanted it is the book's: the first that is published.
      var select = fields[side + "-from"], found = reading().growths[fields[side].value], first = Object.keys(found)[0];
      select.textContent = "";
      Object.keys(found).forEach(function (key) { option(select, key, say("{label}: {text}", { label: found[key].words, text: found[key].text }) + found[key].mark); });
      option(select, "own", say("a rate of my own"));
      select.value = found[wanted] || wanted === "own" ? wanted : first === "still" ? "own" : first;
      adopt(side);
    }
    function adopt(side) {
      // A published growth shows its middle in the fields, and is computed with its bounds.
      var growth = published(side);
      if (growth) setRate(side, Math.round(5000 * (growth.low + growth.high)) / 100);
    }
    function published(side) { return reading().growths[fields[side].value][fields[side + "-from"].value]; }
    function setRate(side, percent) {
      fields[side + "-rate"].value = percent;
      slider(side).value = percent;
    }
    function rate(side) {
      var growth = published(side);
      if (growth) return growth;
      var text = fields[side + "-rate"].value, percent = Number(text);
      if (text === "" || !isFinite(percent) || percent <= -100 || percent > 1e6) return null;
      return { low: percent / 100, high: percent / 100, text: percent + "%" };
    }

    function apply() {
      var kind = yardstick(), rates = { follower: rate("follower"), leader: rate("leader") };
      sides.forEach(function (side) {
        fields[side + "-rate"].setAttribute("aria-invalid", rates[side] ? "false" : "true");
      });
      var said = answer.querySelector(".explorer-said");
      if (!rates.follower || !rates.leader) {
        said.textContent = say("Give both cities a growth in percent, above -100.");
        answer.querySelector(".explorer-picture").hidden = true;
        answer.querySelector(".explorer-facts").textContent = "";
        delete root.dataset.parity;
        return;
      }
      var cities = sides.map(function (side) {
        var place = fields[side].value, city = data.places[place];
        return { name: city.name, colour: city.colour, level: reading().levels[place], rate: rates[side] };
      });
      var found = work(cities[1].level, cities[0].level, rates.leader, rates.follower, kind.start,
        Number(fields.until.value) || Infinity, data.horizons);
      said.textContent = sentence(cities, found, kind);
      answer.querySelector(".explorer-picture").hidden = false;
      show(drawn(cities, found, kind.start, said.textContent, kind.unit));
      facts(answer.querySelector(".explorer-facts"), cities, found, kind);
      answer.querySelector(".explorer-note").textContent = kind.note;
      root.dataset.multiple = found.multiple;
      root.dataset.parity = found.parity;
      root.dataset.needed = found.needed.join("|");
      root.dataset.left = found.left.join("|");
      remember();
    }

    function sentence(cities, found, kind) {
      var given = { who: cities[0].name, whom: cities[1].name, year: kind.start, years: found.parity, until: found.until };
      if (found.ahead) return say("{who} is level with {whom} or ahead of it, in {year} already.", given);
      if (found.kind === "never") {
        return found.faster ? say("{who} does not draw level with {whom} by {until}, and then both grow alike.", given)
          : say("{who} never draws level with {whom}: it is behind and does not grow faster.", given);
      }
      if (found.kind === "open") {
        given.early = firstYear(found.early);
        return say("The bounds leave it open: {who} draws level with {whom} from {early} or never.", given);
      }
      if (found.kind === "level") return say("{who} draws level with {whom} in {year}.", given);
      return say("{who} draws level with {whom} in {years}, if both keep these growths.", given);
    }
    function manyTimes(times) { return /%$/.test(times) ? times : say("{times} times", { times: times }); }

    function facts(list, cities, found, kind) {
      list.textContent = "";
      function fact(term, words) {
        var row = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
        dt.textContent = term;
        dd.textContent = words;
        row.appendChild(dt);
        row.appendChild(dd);
        list.appendChild(row);
      }
      var who = cities[0].name, whom = cities[1].name;
      fact(say("Parity"), found.parity);
      fact(say("Growth a year"), say("{who} {a}, {whom} {b}",
        { who: who, a: cities[0].rate.text, whom: whom, b: cities[1].rate.text }));
      fact(say("{whom} over {who}, {year}", { whom: whom, who: who, year: kind.start }), say("{times} ({a} against {b}{unit})",
        { times: manyTimes(found.multiple), a: cities[1].level.text, b: cities[0].level.text, unit: kind.unit && !CHINESE ? " " + kind.unit : "" }));
      data.horizons.forEach(function (by, number) {
        fact(say("{whom} over {who}, {year}", { whom: whom, who: who, year: by }), manyTimes(found.left[number]));
      });
      data.horizons.forEach(function (by, number) {
        fact(say("Growth that {who} needs for parity by {year}", { who: who, year: by }), say("{rate} a year", { rate: found.needed[number] }));
      });
    }

    function remember() {
      var query = new URLSearchParams({ yardstick: fields.yardstick.value });
      sides.forEach(function (side) {
        query.set(side, fields[side].value);
        var from = fields[side + "-from"].value;
        query.set(side + "-growth", from === "own" ? fields[side + "-rate"].value : from);
      });
      dials.forEach(function (name) { query.set(name, fields[name].value); });
      root.querySelector(".explorer-link").href = location.pathname + "?" + query.toString() + location.hash;
      try {
        history.replaceState(null, "", location.pathname + "?" + query.toString() + location.hash);
      } catch (error) {
        /* a page opened from a file may not change its address */
      }
    }
    function recall(query) {
      ["yardstick"].concat(dials).forEach(function (name) {
        fields[name].value = query.get(name);
        if (fields[name].selectedIndex < 0) fields[name].selectedIndex = 0;
      });
      sides.forEach(function (side) { fields[side].value = data.first[side]; });
      fillCities();
      sides.forEach(function (side) {
        var place = query.get(side), growth = query.get(side + "-growth") || "", own = growth !== "" && isFinite(Number(growth));
        if (reading().levels[place]) fields[side].value = place;
        setRate(side, own ? growth : data.first.rates[side]);
        fillGrowths(side, own ? "own" : growth);
      });
      apply();
    }

    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      recall(new URLSearchParams());
    });
    form.addEventListener("change", function (event) {
      var name = event.target.name;
      if (name === "yardstick") fillCities();
      sides.forEach(function (side) {
        if (name === "yardstick" || name === side) fillGrowths(side);
        else if (dials.indexOf(name) >= 0) fillGrowths(side, fields[side + "-from"].value);
        else if (name === side + "-from") adopt(side);
      });
      apply();
    });
    form.addEventListener("input", function (event) {
      sides.forEach(function (side) { // lists say so by a change
        var number = fields[side + "-rate"], slide = slider(side);
        if (event.target !== number && event.target !== slide) return;
        fields[side + "-from"].value = "own";
        if (event.target === slide) number.value = slide.value;
        else slide.value = number.value;
        apply();
      });
    });

    form.hidden = false;
    answer.hidden = false;
    root.querySelector(".explorer-cases").open = false;
    recall(new URLSearchParams(location.search));
  }

  function all() {
    Array.prototype.forEach.call(document.querySelectorAll(".explorer"), start);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
