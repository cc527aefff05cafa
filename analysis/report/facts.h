/* facts: what must be known to get a result again: what was read, with which options, by which versions. */
#ifndef KG_REPORT_FACTS_H
#define KG_REPORT_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/message.h"

struct kg_fact {
	const char *name, *text;
	bool number; /* the text is a number, or true */
};

struct kg_fact_input {
	const char *name, *file; /* as the user named it; file NULL = a result, not a file */
	const char *sha256;	 /* of the file's bytes, 64 digits; NULL = cannot be told: standard input */
	size_t rows;		 /* read; a further table: its rows */
};

struct kg_facts {
	const char *command; /* "growth", "plot line" */
	const struct kg_fact *option, *library;
	size_t noption, nlibrary;
	const struct kg_fact_input *input;
	size_t ninput;
	size_t rows_read, rows_used; /* of the inputs, and after --sql, --where and folding */
	bool reshaped;		     /* by --sql or folding: the difference is not what was dropped */
	enum kg_language language;
};

#endif
