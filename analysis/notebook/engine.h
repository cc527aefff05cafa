/* engine: runs blocks of a notebook in-process, in memory: what they show as Markdown, and the bytes of their files.
 * Nothing of the notebook or its folders is written. Everything lives in the engine's arena. */
#ifndef KG_NOTEBOOK_ENGINE_H
#define KG_NOTEBOOK_ENGINE_H

#include "base/scratch.h"
#include "notebook/stamp.h"
#include "report/write.h"

/* Rows of a command's inputs: as they are, and after --sql, --where and folding. */
struct kg_outcome_rows {
	size_t read, used;
};

struct kg_outcome {
	bool done, drawn;	      /* drawn: files were made too */
	const struct kg_table *table; /* of the last program; NULL = none */
	bool synthetic, fails;	      /* fails: a claim that does not hold */
	const char *content;	      /* Markdown of the region, without the line of stamps */
	struct kg_stamp_file *file;
	size_t nfile;
	struct kg_outcome_rows *rows; /* by command */
};

struct kg_engine {
	const struct kg_book *book;
	const struct kg_stamp *stamp;
	struct kg_arena *arena;
	struct kg_outcome *outcome; /* by block */
	struct kg_scratch files;    /* for figures while they are drawn */
	struct kg_gnuplot *gnuplot; /* draws all its figures; NULL = none drawn yet */
	bool lent;		    /* gnuplot is somebody else's, who will end it */
};

/* KG_ENOMEM only. */
enum kg_status kg_engine_new(const struct kg_book *book, const struct kg_stamp *stamp, struct kg_arena *arena,
			     struct kg_engine *engine, struct kg_error *error) KG_CHECKED;

/* Runs a block, and before it the blocks it uses, if they have not run. `draw`: with its files. Errors name file and
 * line of the notebook. */
enum kg_status kg_engine_block(struct kg_engine *engine, size_t block, bool draw, struct kg_error *error) KG_CHECKED;

/* Reads the commands of a block without running them: programs, options, names of inputs and outputs. KG_EDATA. */
enum kg_status kg_engine_check(struct kg_engine *engine, size_t block, struct kg_error *error) KG_CHECKED;

/* Text of a value of the prose; its block must have run. */
enum kg_status kg_engine_value(const struct kg_engine *engine, const struct kg_book_value *value, const char **text,
			       struct kg_error *error) KG_CHECKED;

/* How the notebook wants numbers shown. */
struct kg_style kg_engine_style(const struct kg_book *book);

/* Removes the private folder and ends gnuplot. KG_EIO: gnuplot did not end well. */
enum kg_status kg_engine_end(struct kg_engine *engine, struct kg_error *error) KG_CHECKED;

#endif
