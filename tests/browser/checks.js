// What is looked at in a page. Each function returns a list of complaints, empty = fine.
(() => {
	const name = (element) => {
		const id = element.id ? '#' + element.id : element.className && element.className.baseVal === undefined
			? '.' + element.className : '';
		return element.tagName.toLowerCase() + id + ' "' + element.textContent.trim().slice(0, 40) + '"';
	};
	const colour = (text) => {
		const part = (text.match(/[\d.]+/g) || []).map(Number);
		return { r: part[0], g: part[1], b: part[2], a: part.length > 3 ? part[3] : 1, none: part.length < 3 };
	};
	const over = (top, below) => ({
		r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a),
		b: top.b * top.a + below.b * (1 - top.a), a: 1,
	});
	const luminance = (c) => {
		const linear = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
		return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
	};
	const contrast = (a, b) => {
		const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
		return (high + 0.05) / (low + 0.05);
	};
	// The colour behind an element: its own or an ancestor's background.
	const ground = (element) => {
		const layers = [];
		for (let at = element; at; at = at.parentElement) {
			const c = colour(getComputedStyle(at).backgroundColor);
			if (!c.none && c.a > 0) layers.push(c);
			if (!c.none && c.a === 1) break;
		}
		return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
	};
	// The colour behind a text of a figure: the shape drawn below its middle, else the figure's own.
	const shape = (text) => {
		const box = text.getBoundingClientRect();
		const below = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
			.find((e) => e.ownerSVGElement && !e.closest('text') && !colour(getComputedStyle(e).fill).none);
		return below ? over(colour(getComputedStyle(below).fill), ground(text.ownerSVGElement)) : ground(text.ownerSVGElement);
	};
	const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
		&& element.getBoundingClientRect().width > 0;

	window.look = {
		scrolls: () => {
			const page = document.documentElement;
			if (page.scrollWidth <= page.clientWidth) return [];
			const wide = [...document.body.querySelectorAll('*')].filter((e) =>
				e.getBoundingClientRect().right > page.clientWidth + 0.5 && !e.closest('.scroll, .picture'));
			return ['the page is ' + page.scrollWidth + ' pixels wide, the window ' + page.clientWidth + ': ' +
				wide.slice(0, 3).map(name).join(', ')];
		},
		// What a screen reader goes by: language, title, landmarks, the order of headings, names that are told apart.
		structure: () => {
			const found = [], count = (what) => document.querySelectorAll(what).length;
			const level = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => Number(h.tagName[1]));
			const twice = (list) => list.filter((x, i) => list.indexOf(x) !== i);
			if (!document.documentElement.lang) found.push('no language');
			if (!document.title) found.push('no title');
			for (const one of ['h1', 'main', 'header', 'footer']) if (count(one) !== 1) found.push(count(one) + ' ' + one);
			level.forEach((l, i) => { if (i && l > level[i - 1] + 1) found.push('h' + l + ' below h' + level[i - 1]); });
			twice([...document.querySelectorAll('[id]')].map((e) => e.id)).forEach((id) => found.push('twice: #' + id));
			twice([...document.querySelectorAll('.result [role=region]')].map((e) => e.getAttribute('aria-label')))
				.forEach((label) => found.push('twice: ' + label));
			return found;
		},
		// What paper would not show: beyond its width, or in a box that scrolls.
		cut: () => [...document.querySelectorAll('body *')].filter((e) => shown(e) && !e.closest('svg svg') &&
			(e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5 ||
			(e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).overflowX !== 'visible')))
			.map((e) => 'cut off: ' + name(e)).slice(0, 5),
		images: () => [...document.querySelectorAll('img')].filter((i) => !i.complete || !i.naturalWidth)
			.map((i) => 'not loaded: ' + i.alt)
			.concat([...document.querySelectorAll('figure')].filter((f) => !f.querySelector('svg, img'))
				.map((f) => 'no picture in ' + name(f)))
			.concat([...document.querySelectorAll('svg[role=img]')].filter((s) => !shown(s)).map((s) => 'not shown: ' + name(s)))
			.concat([...document.querySelectorAll('svg[role=img]')].filter((s) => !s.querySelector('title').textContent)
				.map(() => 'a figure without title')),
		tables: () => [...document.querySelectorAll('table')].filter((t) => {
			const head = [...t.querySelectorAll('thead > tr > *')];
			return !head.length || head.some((c) => c.tagName !== 'TH' || c.scope !== 'col');
		}).map((t) => 'headers are no headers: ' + name(t)),
		contrast: () => {
			const found = new Set();
			const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			while (walk.nextNode()) {
				const element = walk.currentNode.parentElement;
				if (!walk.currentNode.textContent.trim() || /^(SCRIPT|STYLE|title|desc|metadata)$/.test(element.tagName)) continue;
				if (!shown(element)) continue;
				const style = getComputedStyle(element), figure = element.closest('svg');
				const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight, 10) >= 700;
				const behind = figure ? shape(element.closest('text') || element) : ground(element);
				const text = over(colour(figure ? style.fill : style.color), behind);
				const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5, is = contrast(text, behind);
				if (is < least) found.add(is.toFixed(2) + ' instead of ' + least + ': ' + name(element));
			}
			return [...found];
		},
		// All that a keyboard must reach.
		targets: () => [...document.querySelectorAll('a[href], button, summary, .scroll, .picture')].filter(shown),
		unreachable: () => [...document.querySelectorAll('*')].filter((e) => shown(e) && e.scrollWidth > e.clientWidth + 1 &&
			/auto|scroll/.test(getComputedStyle(e).overflowX) && e.tabIndex < 0).map((e) => 'scrolls, but takes no focus: ' + name(e)),
		focused: () => {
			const e = document.activeElement, style = getComputedStyle(e);
			return e === document.body ? null : { place: look.targets().indexOf(e), ring: style.outlineStyle !== 'none' &&
				parseFloat(style.outlineWidth) > 0, name: name(e) };
		},
		frame: () => [
			document.documentElement.lang ? '' : 'no language', document.title ? '' : 'no title',
			document.querySelectorAll('h1').length === 1 ? '' : 'not one h1', document.querySelector('main') ? '' : 'no main',
			[...document.querySelectorAll('[id]')].some((e, i, all) => all.some((o, k) => k < i && o.id === e.id)) ? 'an id twice' : '',
			...[...document.querySelectorAll('a[href^="#"]')].filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1))))
				.map((a) => 'a link to nowhere: ' + a.hash),
		].filter(Boolean),
	};
})()
