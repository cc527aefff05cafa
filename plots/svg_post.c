#include "plots/svg_post.h"

#include <string.h>

#include "plots/safe.h"

#define FONTS "font-family=\"Noto Sans, DejaVu Sans, Arial, sans-serif\""

/* What a tag of gnuplot's becomes; the texts between tags are never touched. */
static const struct {
	const char *from, *to;
} replacement[] = {
	{ "font-family=\"Noto Sans:Bold\"", FONTS " font-weight=\"bold\"" },
	{ "font-family=\"Noto Sans\"", FONTS },
	{ "<svg ", "<svg role=\"img\" " },
};

static void add_tag(struct kg_buffer *out, const char *tag, size_t length)
{
	for (size_t i = 0; i < sizeof replacement / sizeof replacement[0]; i++) {
		size_t from = strlen(replacement[i].from);
		const char *found = memmem(tag, length, replacement[i].from, from);

		if (!found)
			continue;
		kg_buffer_add_n(out, tag, (size_t)(found - tag));
		kg_buffer_add(out, replacement[i].to);
		kg_buffer_add_n(out, found + from, length - (size_t)(found - tag) - from);
		return;
	}
	kg_buffer_add_n(out, tag, length);
}

/* gnuplot opens with an empty group that has the last pen of the figure before: it gets the pen of a fresh process. */
static size_t add_first_group(struct kg_buffer *out, const char *at, const char *end)
{
	static const char start[] = "<g fill=\"none\"", empty[] = ">\n</g>",
			  fresh[] = "<g fill=\"none\" color=\"#FFFFFF\" stroke=\"currentColor\" stroke-width=\"1.00\" "
				    "stroke-linecap=\"round\" stroke-linejoin=\"round\"";
	const char *close = memchr(at, '>', (size_t)(end - at));

	if (!close || end - close < (ptrdiff_t)sizeof empty || strncmp(at, start, sizeof start - 1) != 0 ||
	    strncmp(close, empty, sizeof empty - 1) != 0)
		return 0;
	kg_buffer_add(out, fresh);
	kg_buffer_add(out, empty);
	return (size_t)(close - at) + sizeof empty - 1;
}

/* What stands between tags. gnuplot leaves '>' as it is, but "]]>" is no text in XML. */
static void add_text(struct kg_buffer *out, const char *text, size_t length)
{
	const char *end = text + length, *found;

	while ((found = memmem(text, (size_t)(end - text), "]]>", 3))) {
		kg_buffer_add_n(out, text, (size_t)(found - text));
		kg_buffer_add(out, "]]&gt;");
		text = found + 3;
	}
	kg_buffer_add_n(out, text, (size_t)(end - text));
}

static void add_element(struct kg_buffer *out, const char *name, const char *text)
{
	kg_buffer_printf(out, "<%s>", name);
	kg_safe_xml(out, text ? text : "");
	kg_buffer_printf(out, "</%s>\n", name);
}

/* gnuplot's own <title> and <desc> stand first; returns what follows them. */
static const char *skip_own_title(const char *svg, const char *end)
{
	const char *description = memmem(svg, (size_t)(end - svg), "</desc>", 7);

	return description ? description + 7 : svg;
}

static const char *find_root_end(const char *svg, const char *end)
{
	const char *root = memmem(svg, (size_t)(end - svg), "<svg", 4);

	root = root ? memchr(root, '>', (size_t)(end - root)) : NULL;
	return root ? root + 1 : svg;
}

void kg_svg_complete(const char *svg, size_t length, const struct kg_svg_facts *facts, struct kg_buffer *out)
{
	const char *end = svg + length, *root = find_root_end(svg, end), *at = svg;
	const char *first = memmem(svg, length, "</defs>\n", 8);

	while (at < end) {
		const char *open = memchr(at, '<', (size_t)(end - at)), *close;

		if (!open)
			break;
		add_text(out, at, (size_t)(open - at));
		close = memchr(open, '>', (size_t)(end - open));
		if (!close)
			break;
		add_tag(out, open, (size_t)(close + 1 - open));
		at = close + 1;
		if (first && at == first + 7) {
			kg_buffer_add_char(out, *at++);
			at += add_first_group(out, at, end);
		}
		if (at == root) {
			kg_buffer_add_char(out, '\n');
			add_element(out, "title", facts->title);
			add_element(out, "desc", facts->description);
			add_element(out, "metadata", facts->metadata);
			at = skip_own_title(at, end);
		}
	}
	kg_buffer_add_n(out, at, (size_t)(end - at));
}
