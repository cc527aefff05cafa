#include "notebook/index.h"

#include <string.h>

#include "base/file.h"
#include "notebook/page.h"
#include "report/html.h"

static void add_card(const struct kg_card *card, enum kg_language language, struct kg_buffer *out)
{
	kg_buffer_add(out, "<li><h2><a href=\"");
	kg_html_text(out, card->file);
	kg_buffer_add(out, "\">");
	kg_html_text(out, card->title);
	kg_buffer_add(out, "</a></h2>");
	if (card->synthetic)
		kg_buffer_printf(out, "<p class=\"tag\">%s</p>", kg_translate(language, "Synthetic data"));
	if (card->summary) {
		kg_buffer_add(out, "<p>");
		kg_html_text(out, card->summary);
		kg_buffer_add(out, "</p>");
	}
	kg_buffer_add(out, "</li>\n");
}

enum kg_status kg_index_write(const char *folder, const char *title, const struct kg_card *card, size_t count,
			      struct kg_arena *arena, struct kg_error *error)
{
	struct kg_buffer body = kg_buffer_new(arena), html = kg_buffer_new(arena);
	char *target = kg_file_join(folder, "index.html", arena);
	enum kg_language language = count ? card[count - 1].language : KG_ENGLISH;
	struct kg_page page = { .title = title ? title : kg_translate(language, "Notebooks"),
				.language = language,
				.footer = kg_translate(language, "Made by keng") };

	if (!target)
		return kg_error_memory(error);
	kg_buffer_add(&body, "<ul class=\"cards\">\n");
	for (size_t i = 0; i < count; i++)
		add_card(&card[i], language, &body);
	kg_buffer_add(&body, "</ul>\n");
	KG_TRY(kg_buffer_check(&body, error));
	page.body = body.text;
	KG_TRY(kg_page_write(&page, &html, error));
	return kg_file_write(target, html.text, html.length, error);
}

/* The text between two marks, NULL when they are not there. Text of a page stays escaped: it is unescaped here. */
static const char *find_between(const char *html, const char *before, const char *after, struct kg_arena *arena)
{
	const char *start = strstr(html, before), *end;
	struct kg_buffer out = kg_buffer_new(arena);

	start = start ? start + strlen(before) : NULL;
	end = start ? strstr(start, after) : NULL;
	if (end)
		kg_html_plain(&out, start, (size_t)(end - start));
	return end && !out.failed ? out.text : NULL;
}

enum kg_status kg_index_card(const char *path, struct kg_arena *arena, struct kg_card *card, struct kg_error *error)
{
	size_t length;
	char *html;

	KG_TRY(kg_file_read(path, arena, &html, &length, error));
	*card = (struct kg_card){ .file = path, .title = find_between(html, "<title>", "</title>", arena) };
	card->language = strstr(html, "<html lang=\"vi\"") ? KG_VIETNAMESE : KG_ENGLISH;
	card->synthetic = strstr(html, "<p class=\"banner\"") || strstr(html, "<p class=\"tag\"");
	if (!card->title)
		card->title = kg_file_stem(path, arena);
	return card->title ? KG_OK : kg_error_memory(error);
}
