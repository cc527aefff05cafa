/* source: what a user names as INPUT, from which a table is asked for. Callers do not know where rows come from. */
#ifndef KG_TABLE_SOURCE_H
#define KG_TABLE_SOURCE_H

#include "table/schema.h"
#include "table/table.h"

struct kg_missing;
struct kg_stream;

/* How text becomes cells. Zero / NULL fields: the schema's, else `,` `.` none, empty cell and NA in numeric columns. */
struct kg_dialect {
	char delimiter, decimal, group;
	const struct kg_missing *missing;
	bool from_one; /* "<5" is at least 1 */
};

enum kg_fold_how { KG_FOLD_NONE, KG_FOLD_SUM, KG_FOLD_MEAN, KG_FOLD_MIN, KG_FOLD_MAX };

/* Folding while reading: one row per distinct `key`, `value` columns folded, all other columns dropped. Bounds are
 * folded as intervals; a missing value makes no contribution and is counted. */
struct kg_fold {
	enum kg_fold_how how;
	const char *const *key, *const *value;
	size_t nkey, nvalue;
};

struct kg_read {
	const struct kg_dialect *dialect; /* NULL = all default */
	const char *const *column;	  /* the columns that are needed; NULL = all */
	size_t ncolumn;
	const struct kg_fold *fold; /* NULL = none */
	bool as_text;		    /* every column stays KG_TEXT, cells as written, only empty ones missing */
	bool lenient; /* rows with too few or too many cells are set aside in the provenance, not refused; without fold */
	size_t threads;		    /* 0 = all cores */
	void (*progress)(void *watcher, double fraction); /* NULL = nobody watches */
	void *watcher;
};

struct kg_source {
	const char *spec;		/* as the user gave it */
	const char *name;		/* the name its table goes by */
	const char *path;		/* of the data; "-" = standard input */
	const struct kg_schema *schema; /* NULL = none */
	struct kg_stream *stream;	/* opened already, for it can be read only once: a pipe; NULL = a file */
	bool spent;			/* its rows were read */
};

/* `file.csv`, `file.csv.gz`, `-`, `DIR#resource`, and GeoDa's lists of neighbours, `file.gal` and `file.gwt`. KG_EDATA: missing file (the nearest name is said) or one that cannot
 * be read; KG_EUSAGE: no such resource. */
enum kg_status kg_source_open(const char *spec, struct kg_arena *arena, struct kg_source *source,
			      struct kg_error *error) KG_CHECKED;

/* Names of the columns, in file order, without reading further than the header (standard input is kept). */
enum kg_status kg_source_header(struct kg_source *source, const struct kg_dialect *dialect, struct kg_arena *arena,
				const char *const **name, size_t *count, struct kg_error *error) KG_CHECKED;

/* The table. KG_EDATA: bad input, with line and column; KG_EUSAGE: a needed column does not exist. */
enum kg_status kg_source_read(struct kg_source *source, const struct kg_read *read, struct kg_arena *arena,
			      const struct kg_table **table, struct kg_error *error) KG_CHECKED;

#endif
