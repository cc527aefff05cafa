/* program: an analysis = one file analysis/<name>.c with one of these structs, and one line in programs.def.
 * Tables in, one result out; a program never sees a file. */
#ifndef KG_PROGRAM_H
#define KG_PROGRAM_H

#include "base/number.h"
#include "base/text.h"
#include "report/result.h"
#include "table/table.h"

enum kg_option_kind {
	KG_OPTION_FLAG,		    /* bool */
	KG_OPTION_TEXT,		    /* const char * */
	KG_OPTION_INTEGER,	    /* long, from least to most */
	KG_OPTION_REAL,		    /* double, from least to most */
	KG_OPTION_CHOICE,	    /* const char *, one of choice */
	KG_OPTION_METHODS,	    /* struct kg_names: ids of the program's statistics (of `methods_of` when set),
				     * comma-separated; without a fallback the default is the first */
	KG_OPTION_COLUMN,	    /* const char *: a column of the input */
	KG_OPTION_COLUMN_OR_NUMBER, /* const char *: a column of the input, or a plain number */
	KG_OPTION_COLUMNS,	    /* struct kg_names: columns, comma-separated */
	KG_OPTION_FORMULA,	    /* const char *: `y ~ x + log(z)`; its names are columns */
	KG_OPTION_TABLE,	    /* struct kg_further: a further input, read whole before the program runs */
	KG_OPTION_FILE,		    /* const char *: a file that is read as it is, not as a table */
	KG_OPTION_REPEAT	    /* struct kg_names: may be given several times */
};

/* What a column option means when the input is folded (--aggregate): key columns stay, values are folded. */
enum kg_option_role { KG_ROLE_NONE, KG_ROLE_KEY, KG_ROLE_VALUE };

/* A further input of a program (neighbours, crosswalk, standard): the name given, then the table that was read. */
struct kg_further {
	const char *spec;
	const struct kg_table *table; /* NULL when the option was not given */
};

struct kg_option {
	const char *name;     /* without the dashes: "conf-level" */
	const char *also;     /* a second spelling, where no option of the program itself is named so; NULL = none */
	const char *argument; /* "P", "COL"; NULL for a flag */
	const char *fallback; /* default as text, parsed and printed; NULL = none */
	const char *help;
	enum kg_option_kind kind;
	enum kg_option_role role;
	bool required;
	double least, most;	   /* KG_OPTION_INTEGER, KG_OPTION_REAL; both 0 = any */
	const char *const *choice; /* KG_OPTION_CHOICE: NULL-terminated */
	const char *methods_of;	   /* KG_OPTION_METHODS: families other than the program's own, comma-separated;
				    * with several the program picks the default */
	size_t field;		   /* offsetof in the program's options struct */
};

struct kg_example {
	const char *title, *command; /* command: `growth festivals.csv --time year --value n`, run by the tests */
};

/* What every run gets besides its own options. */
struct kg_context {
	struct kg_arena *arena; /* for the result */
	size_t threads;
	double conf_level;
	uint64_t seed;
	size_t replicates; /* 0 = the method's own */
	struct kg_names by;
	enum kg_language language;
	const char *folded; /* how duplicate keys were folded, NULL = not */
	/* Work done so far, for a progress bar; NULL = nobody watches. */
	void (*progress)(void *watcher, double fraction);
	void *watcher;
};

struct kg_program {
	const char *name, *summary, *detail;
	const struct kg_option *option;
	size_t noption, options_size;
	const struct kg_example *example;
	size_t nexample;
	bool all_columns;   /* needs every column, not only those its options name */
	bool raw;	    /* wants cells as written: every column is text; schema and reading faults in `from` */
	bool joins_names;   /* keys of --by meet in any spelling, so that spellings are not told as groups of their own */
	bool needs_sql;	    /* --sql is required; its result is the one input */
	size_t inputs_most; /* tables it takes at once; 0 = one */
	enum kg_status (*run)(const void *options, const struct kg_table *const *in, size_t nin,
			      struct kg_context *context, struct kg_result **result, struct kg_error *error);
};

const struct kg_program *const *kg_program_all(size_t *count);
const struct kg_program *kg_program_find(const char *name);

#endif
