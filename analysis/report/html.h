/* html: text that is safe inside an HTML element or a quoted attribute, and back. */
#ifndef KG_REPORT_HTML_H
#define KG_REPORT_HTML_H

#include "base/buffer.h"

void kg_html_text(struct kg_buffer *out, const char *text);
void kg_html_text_n(struct kg_buffer *out, const char *text, size_t length);

/* The text that kg_html_text wrote. */
void kg_html_plain(struct kg_buffer *out, const char *html, size_t length);

#endif
