#include "program.h"

struct options {
	const char *count, *title;
};

static const struct kg_option option[] = {
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "column of counts in the result that --suppress and --round are for; --by names its rows, and rows "
		  "without a name are totals",
	  .field = offsetof(struct options, count) },
	{ .name = "title",
	  .argument = "TEXT",
	  .kind = KG_OPTION_TEXT,
	  .help = "title above the table",
	  .field = offsetof(struct options, title) },
};

static const struct kg_example example[] = {
	{ "Fold one file by two of its columns",
	  "query communes.csv --sql 'SELECT district, sum(population) AS population FROM communes GROUP BY district'" },
	{ "Join two files", "query festivals.csv communes.csv --sql 'SELECT f.*, c.district FROM festivals AS f JOIN "
			    "communes AS c USING (code)'" },
};

/* The command layer has run the query: its result is the input. */
static enum kg_status run_query(const void *values, const struct kg_table *const *in, size_t nin,
				struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	const struct options *options = values;

	(void)nin;
	*result = kg_result_new(in[0], context->arena);
	if (!*result)
		return kg_error_memory(error);
	/* the author's words, in any language */
	for (size_t i = 0; i < KG_LANGUAGES && options->title && *options->title; i++)
		(*result)->title.in[i] = options->title;
	return KG_OK;
}

const struct kg_program kg_program_query = {
	.name = "query",
	.summary = "SQL over the inputs, result as a table",
	.detail =
	    "SQLite's SQL, for reading only. Each input is a table named after its file without the ending; names with "
	    "other signs than letters, digits and _ stand in double quotes, texts in single quotes. Missing cells are "
	    "NULL. Codes such as '05248' are texts and keep their zeros; dates are texts such as '2020-05-17'. Whole "
	    "numbers divide as whole numbers (2015/10 is 201; write 1.0*a/b for a share). A bound such as '>30000' is "
	    "its stated figure; its range is in two more columns, n_low and n_high for a column n, and where all three "
	    "are selected the bound is kept. ln() is the natural logarithm, log() is to base 10; median() and sd() are "
	    "added; name_key() is equal for two spellings of one name, to join on (case, NFC or NFD, hòa or hoà; đ is "
	    "never d)."
	    " sum() and avg() are compensated. A column that is selected as it is keeps its type and unit.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.needs_sql = true,
	.inputs_most = 64,
	.run = run_query,
};
