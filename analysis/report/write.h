/* write: a table as text. Machine formats (csv, json) are full precision; the others are for readers. */
#ifndef KG_REPORT_WRITE_H
#define KG_REPORT_WRITE_H

#include "base/buffer.h"
#include "report/result.h"

struct kg_style {
	int digits; /* significant digits for readers */
	enum kg_language language;
	size_t width;	/* of the terminal in columns; 0 = unlimited */
	bool colour;	/* the terminal takes ANSI colour */
	size_t threads; /* 0 = all cores; the bytes never depend on it */
};

/* One output format: one file and one line in formats.def. */
struct kg_format {
	const char *id, *title;
	/* Appends the whole document to `out`; `scratch` for intermediate things. */
	enum kg_status (*write)(const struct kg_result *result, const struct kg_style *style, struct kg_arena *scratch,
				struct kg_buffer *out, struct kg_error *error);
};

const struct kg_format *const *kg_format_all(size_t *count);
const struct kg_format *kg_format_find(const char *id);

#endif
