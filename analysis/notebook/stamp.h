/* stamp: what each block depends on, as digests: its commands, the files and parameters they name, the blocks above,
 * the values that prose asks of it. Compared with what the notebook's markers say, this tells what is stale, and why.
 */
#ifndef KG_NOTEBOOK_STAMP_H
#define KG_NOTEBOOK_STAMP_H

#include "base/buffer.h"
#include "notebook/book.h"

/* Raised whenever keng computes or prints results differently, so that notebooks are run again. */
#define KG_RESULT_VERSION "8"

struct kg_stamp_part {
	const char *kind, *name; /* "data" "festivals"; name "" where the kind says all */
	const char *what;	 /* for messages: "festivals.csv" */
	char hash[KG_DIGEST_SIZE];
};

struct kg_stamp {
	const struct kg_stamp_part *part;
	size_t npart;
	const size_t *upstream; /* blocks above that it uses */
	size_t nupstream;
	const size_t *value; /* values in prose that ask this block */
	size_t nvalue;
	char in[KG_DIGEST_SIZE], asked[KG_DIGEST_SIZE];
};

enum kg_fresh { KG_FRESH, KG_STALE, KG_EDITED };

struct kg_stamp_state {
	enum kg_fresh fresh;
	const char *cause; /* what is wrong; NULL when fresh */
	size_t line;	   /* where */
	bool fails;	   /* a claim that did not hold when it was tested */
};

/* Stamps of all blocks. KG_EDATA: a value or a command names a block that does not exist, data is a URL. */
enum kg_status kg_stamp_all(const struct kg_book *book, struct kg_arena *arena, struct kg_stamp **stamp,
			    struct kg_error *error) KG_CHECKED;

/* Whether a block's region, figures and values are what they were when it ran, and nothing it depends on has changed.
 * KG_ENOMEM only. */
enum kg_status kg_stamp_compare(const struct kg_book *book, size_t block, const struct kg_stamp *stamp,
				struct kg_arena *arena, struct kg_stamp_state *state,
				struct kg_error *error) KG_CHECKED;

/* A file that a block's region shows. */
struct kg_stamp_file {
	const char *name; /* "figures/attendance.svg" */
	const char *bytes;
	size_t length;
};

/* What a run adds to a stamp. */
struct kg_stamp_made {
	const struct kg_stamp_file *file;
	size_t nfile;
	const char *told;      /* kg_stamp_told of all values */
	bool synthetic, fails; /* fails: a claim that does not hold */
};

/* Appends the line `<!-- keng:from ... -->` that keeps all this in a region. */
void kg_stamp_line(const struct kg_stamp *stamp, const struct kg_stamp_made *made, struct kg_buffer *out);

/* Appends eight digits for a value: what it asks, and its text. */
void kg_stamp_told(struct kg_buffer *out, const char *asked, const char *text, size_t length);

/* Digest of a region's content, which names the digests of the files it shows. */
void kg_stamp_out(const char *content, size_t length, char out[KG_DIGEST_SIZE]);

/* True when a block of the notebook worked on synthetic data, by the regions. */
bool kg_stamp_synthetic(const struct kg_book *book);

#endif
