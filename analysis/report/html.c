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
