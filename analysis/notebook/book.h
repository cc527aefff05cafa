/* book: a notebook taken apart: its blocks, the regions that hold their results, the values in its prose. Positions are
 * bytes of the text; lines count from 1. Everything lives in the arena. */
#ifndef KG_NOTEBOOK_BOOK_H
#define KG_NOTEBOOK_BOOK_H

#include "notebook/digest.h"
#include "notebook/front.h"

/* One command, lines that end in a backslash joined. */
struct kg_book_command {
	const char *text;
	size_t line;
};

struct kg_book_block {
	const char *id;
	size_t line;  /* of its opening fence */
	size_t start; /* byte of the opening fence */
	size_t after; /* byte after the closing fence's line: where the region goes */
	const struct kg_book_command *command;
	size_t ncommand;
	bool claim; /* a keng-claim block: a sentence and conditions instead of commands */
	bool has_region;
	size_t region_line, region_start, region_end; /* with both marker lines */
	size_t content_start, content_end;	      /* between them */
	char in[KG_DIGEST_SIZE], out[KG_DIGEST_SIZE]; /* as the end marker says; "" = says none */
};

/* <!-- keng:= PATH %FORMAT -->text<!-- keng:. --> */
struct kg_book_value {
	const char *asked;	 /* PATH %FORMAT */
	size_t line, start, end; /* bytes of the text between the two comments */
};

/* [](#id), which reads "Figure 2" or "Table 3" on a page */
struct kg_book_reference {
	const char *id;
	size_t line;
};

struct kg_book {
	const char *path, *folder, *text;
	size_t length;
	bool windows; /* its lines end in CR LF */
	struct kg_front front;
	struct kg_book_block *block;
	size_t nblock;
	struct kg_book_value *value;
	size_t nvalue;
	struct kg_book_reference *reference;
	size_t nreference;
};

/* Reads and checks the form of a notebook. KG_EDATA with file and line: conflict markers, two blocks with one id, an
 * unknown id, a marker that is misplaced or not closed, bad front matter; KG_EIO: no such file. */
enum kg_status kg_book_read(const char *path, struct kg_arena *arena, struct kg_book *book,
			    struct kg_error *error) KG_CHECKED;

/* Takes a text apart that is in memory already (NUL-terminated). */
enum kg_status kg_book_parse(const char *path, const char *text, struct kg_arena *arena, struct kg_book *book,
			     struct kg_error *error) KG_CHECKED;

/* Position of the block of that id (`length` bytes), nblock when there is none. */
size_t kg_book_find(const struct kg_book *book, const char *id, size_t length);

/* KG_EDATA for the line of the file. */
enum kg_status kg_book_refuse(const struct kg_book *book, size_t line, struct kg_error *error, const char *format, ...)
    KG_PRINTF(4, 5);

#endif
