#include "notebook/render_image.h"

#include <ctype.h>
#include <nettle/base64.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "report/html.h"

/* What an SVG must not hold to stand in the page itself: it could run or load something. */
static bool is_plain_svg(const char *svg)
{
	static const char *const unsafe[] = {
		"<script", "<foreignObject", "<iframe", "javascript:", "<!ENTITY", " on"
	};
	size_t count = sizeof unsafe / sizeof unsafe[0];

	for (size_t i = 0; i + 1 < count; i++)
		if (strcasestr(svg, unsafe[i]))
			return false;
	for (const char *at = svg; (at = strcasestr(at, unsafe[count - 1])); at += 3) {
		const char *name = at + 3;

		while (isalpha((unsigned char)*name))
			name++;
		if (*name == '=')
			return false;
	}
	return true;
}

/* Copies the SVG; every id, and every reference to one, gets a prefix, so that figures of one page do not mix. */
static void add_svg(const char *svg, size_t number, struct kg_buffer *out)
{
	static const char *const before[] = { " id=\"", " id='", "url(#", "href=\"#", "href='#", NULL };
	static const char *const list[] = { "aria-labelledby=\"", "aria-labelledby='", "aria-describedby=\"", NULL };

	while (*svg) {
		size_t k = 0, length;

		while (before[k] && strncmp(svg, before[k], strlen(before[k])) != 0)
			k++;
		if (before[k]) {
			kg_buffer_printf(out, "%sf%zu-", before[k], number);
			svg += strlen(before[k]);
			continue;
		}
		for (k = 0; list[k] && strncmp(svg, list[k], strlen(list[k])) != 0;)
			k++;
		if (!list[k]) {
			kg_buffer_add_char(out, *svg++);
			continue;
		}
		kg_buffer_add(out, list[k]);
		for (svg += strlen(list[k]); *svg && *svg != '"' && *svg != '\''; svg += length) {
			length = strcspn(svg, " \"'");
			kg_buffer_printf(out, "f%zu-%.*s", number, (int)length, svg);
			length += strspn(svg + length, " ");
			kg_buffer_add(out, svg[length] && svg[length] != '"' && svg[length] != '\'' ? " " : "");
		}
	}
}

static const char *find_type(const char *path)
{
	static const char *const type[][2] = { { ".svg", "image/svg+xml" }, { ".png", "image/png" },
					       { ".jpg", "image/jpeg" },    { ".jpeg", "image/jpeg" },
					       { ".gif", "image/gif" },	    { ".webp", "image/webp" } };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof type / sizeof type[0]; i++)
		if (strcasecmp(dot, type[i][0]) == 0)
			return type[i][1];
	return NULL;
}

static void add_data(const char *type, const char *alt, const char *bytes, size_t length, struct kg_buffer *out)
{
	size_t room = BASE64_ENCODE_RAW_LENGTH(length);
	char *text = kg_arena_alloc(out->arena, room + 1);

	if (!text) {
		out->failed = true;
		return;
	}
	base64_encode_raw(text, length, (const uint8_t *)bytes);
	kg_buffer_printf(out, "<img src=\"data:%s;base64,", type);
	kg_buffer_add_n(out, text, room);
	kg_buffer_add(out, "\" alt=\"");
	kg_html_text(out, alt);
	kg_buffer_add(out, "\">");
}

enum kg_status kg_image_embed(const char *path, const char *alt, size_t number, struct kg_buffer *out,
			      struct kg_error *error)
{
	const char *type = find_type(path), *svg;
	size_t length;
	char *bytes;

	if (!type)
		return kg_error_set(error, KG_EDATA, "'%s' is no picture a page can show; use .svg or .png", path);
	KG_TRY(kg_file_read(path, out->arena, &bytes, &length, error));
	svg = strcmp(type, "image/svg+xml") == 0 ? strstr(bytes, "<svg") : NULL;
	if (svg && is_plain_svg(bytes))
		add_svg(svg, number, out);
	else
		add_data(type, alt, bytes, length, out);
	return kg_buffer_check(out, error);
}
