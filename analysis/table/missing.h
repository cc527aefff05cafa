/* missing: texts of a file that stand for no value, and what each of them means.
 * The kind of a cell is a byte: 0 = it has a value, 1 = it is empty, 2 + t = token t. */
#ifndef KG_TABLE_MISSING_H
#define KG_TABLE_MISSING_H

#include "table/table.h"

/* Most tokens of a list; kinds of cells they make. */
#define KG_MISSING_MOST ((size_t)62)
#define KG_MISSING_KINDS (KG_MISSING_MOST + 2)

enum { KG_MISSING_NONE, KG_MISSING_EMPTY, KG_MISSING_TOKEN };

struct kg_missing_token {
	const char *text;	      /* "" = what an empty cell means */
	const char *label, *label_vi; /* "not reported"; NULL = not said */
};

struct kg_missing {
	const struct kg_missing_token *token;
	size_t count;
	uint8_t empty; /* what the kind of empty cells has above KG_MISSING_EMPTY: 0 where they have no label */
	bool digits;   /* some token has a digit, so that it may look like a number */
};

/* Cells without a value in a column, where their kinds are worth telling. */
struct kg_absent {
	const struct kg_missing *missing;
	const uint8_t *kind; /* of each cell; NULL: their rows were folded, and counted */
	size_t count[KG_MISSING_KINDS];
};

/* "NA", as it stands in numbers where nothing else is said. */
extern const struct kg_missing kg_missing_usual;

/* A token with two labels. */
struct kg_missing_clash {
	const char *text, *label[2];
};

/* A list of tokens, of which some may stand twice: one without a label takes that of the other. NULL: `clash` says which
 * token has two labels; without such, memory is out. */
const struct kg_missing *kg_missing_make(const struct kg_missing_token *token, size_t count, struct kg_arena *arena,
					 struct kg_missing_clash *clash);

/* `..=not reported, *=suppressed, NA`, as on the command line; `=LABEL` says what empty cells mean. KG_EUSAGE: a token
 * with two labels, or too many tokens. */
enum kg_status kg_missing_parse(const char *list, struct kg_arena *arena, const struct kg_missing **missing,
				struct kg_error *error) KG_CHECKED;

/* The kind of a cell with this text. */
uint8_t kg_missing_kind(const struct kg_missing *missing, const char *text, size_t length);

/* Counts a column's cells of each kind; false where there is nothing to tell. */
bool kg_missing_count(const struct kg_column *column, size_t nrow, size_t count[KG_MISSING_KINDS]);

#endif
