/* page: an HTML page that needs no other file: frame, style sheet, contents. */
#ifndef KG_NOTEBOOK_PAGE_H
#define KG_NOTEBOOK_PAGE_H

#include "base/number.h"

struct kg_page_heading {
	int level;
	const char *id, *text;
};

struct kg_page {
	const char *title, *byline; /* plain text; byline NULL = none */
	enum kg_language language;
	bool synthetic;
	bool paper;			       /* to be printed or edited: no contents, nothing to click */
	const struct kg_page_heading *heading; /* for the contents */
	size_t nheading;
	const char *body;   /* HTML */
	const char *footer; /* plain text */
};

enum kg_status kg_page_write(const struct kg_page *page, struct kg_buffer *out, struct kg_error *error) KG_CHECKED;

/* The style sheet and the one script (buttons that copy tables; the page works without). */
extern const char kg_page_style[], kg_page_script[];

#endif
