#include "report/html.h"

#include <string.h>

void kg_html_text_n(struct kg_buffer *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '&')
			kg_buffer_add(out, "&amp;");
		else if (text[i] == '<')
			kg_buffer_add(out, "&lt;");
		else if (text[i] == '>')
			kg_buffer_add(out, "&gt;");
		else if (text[i] == '"')
			kg_buffer_add(out, "&quot;");
		else
			kg_buffer_add_char(out, text[i]);
	}
}

void kg_html_text(struct kg_buffer *out, const char *text)
{
	kg_html_text_n(out, text, strlen(text));
}

void kg_html_plain(struct kg_buffer *out, const char *html, size_t length)
{
	static const char *const entity[][2] = {
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&amp;", "&" }
	};
	size_t count = sizeof entity / sizeof entity[0];

	for (const char *end = html + length; html < end;) {
		size_t k = 0;

		while (k < count && strncmp(html, entity[k][0], strlen(entity[k][0])) != 0)
			k++;
		kg_buffer_add_n(out, k < count ? entity[k][1] : html, 1);
		html += k < count ? strlen(entity[k][0]) : 1;
	}
}
