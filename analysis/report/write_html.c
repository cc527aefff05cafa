/* An HTML table for a page of the user's own: plain markup, the only style is the alignment of numbers. */
#include "report/write.h"

#include "report/display.h"
#include "report/html.h"

#define NUMBER_STYLE " style=\"text-align:right;font-variant-numeric:tabular-nums\""

static void add_tagged(struct kg_buffer *out, const char *open, const char *text, const char *close)
{
	kg_buffer_add(out, open);
	kg_html_text(out, text);
	kg_buffer_add(out, close);
}

static void add_caption(struct kg_buffer *out, const struct kg_display *display)
{
	if (!display->title && !display->same && !display->synthetic)
		return;
	kg_buffer_add(out, "<caption>");
	if (display->title)
		add_tagged(out, "<strong>", display->title, "</strong>");
	if (display->same)
		add_tagged(out, display->title ? "<br>" : "", display->same, "");
	if (display->synthetic)
		add_tagged(out, display->title || display->same ? "<br><strong>" : "<strong>", display->synthetic,
			   "</strong>");
	kg_buffer_add(out, "</caption>\n");
}

static void add_body(struct kg_buffer *out, const struct kg_display *display)
{
	for (size_t i = 0; i < display->nrow; i++) {
		kg_buffer_add(out, "<tr>");
		for (size_t j = 0; j < display->ncol; j++) {
			const char *tag = j == 0 ? "th" : "td";

			kg_buffer_printf(out, "<%s%s%s>", tag, j == 0 ? " scope=\"row\"" : "",
					 display->column[j].number ? NUMBER_STYLE : "");
			kg_html_text(out, display->column[j].cell[i]);
			kg_buffer_printf(out, "</%s>", tag);
		}
		kg_buffer_add(out, "</tr>\n");
	}
}

static void add_foot(struct kg_buffer *out, const struct kg_display *display)
{
	if (!display->nbelow)
		return;
	kg_buffer_printf(out, "<tfoot>\n<tr><td colspan=\"%zu\">", display->ncol);
	for (size_t i = 0; i < display->nbelow; i++)
		add_tagged(out, i ? "<br>" : "", display->below[i], "");
	kg_buffer_add(out, "</td></tr>\n</tfoot>\n");
}

static enum kg_status write_html(const struct kg_result *result, const struct kg_style *style, struct kg_arena *scratch,
				 struct kg_buffer *out, struct kg_error *error)
{
	struct kg_display display;

	KG_TRY(kg_display_make(result, style, scratch, &display, error));
	kg_buffer_add(out, "<table class=\"keng\">\n");
	add_caption(out, &display);
	kg_buffer_add(out, "<thead>\n<tr>");
	for (size_t j = 0; j < display.ncol; j++)
		add_tagged(out, display.column[j].number ? "<th scope=\"col\"" NUMBER_STYLE ">" : "<th scope=\"col\">",
			   display.column[j].heading, "</th>");
	kg_buffer_add(out, "</tr>\n</thead>\n<tbody>\n");
	add_body(out, &display);
	kg_buffer_add(out, "</tbody>\n");
	add_foot(out, &display);
	kg_buffer_add(out, "</table>\n");
	return kg_buffer_check(out, error);
}

const struct kg_format kg_format_html = { "html", "HTML table", write_html };
