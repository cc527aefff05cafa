#include "command/common.h"

#include <stddef.h>

static const char *const aggregates[] = { "sum", "mean", "min", "max", NULL };
static const char *const languages[] = { "en", "vi", NULL };
static const char *const formats[] = { "table", "csv", "json", "markdown", "latex", "html", NULL };

#define FIELD(name) .field = offsetof(struct kg_common, name)

static const struct kg_option rows[] = {
	{ .name = "by", .argument = "COLS", .help = "one result per group, columns separated by commas",
	  .kind = KG_OPTION_COLUMNS, .role = KG_ROLE_KEY, FIELD(by) },
	{ .name = "where", .argument = "EXPR", .help = "only rows for which this SQL expression holds",
	  .kind = KG_OPTION_TEXT, FIELD(where) },
	{ .name = "let", .argument = "NAME=EXPR", .help = "a derived column, an SQL expression (repeatable)",
	  .kind = KG_OPTION_REPEAT, FIELD(let) },
	{ .name = "sql", .argument = "QUERY", .help = "a query over the inputs, named after their files (SQLite's SQL)",
	  .kind = KG_OPTION_TEXT, FIELD(sql) },
	{ .name = "aggregate", .argument = "HOW", .help = "how rows with the same keys are folded; without it they are an error",
	  .kind = KG_OPTION_CHOICE, .choice = aggregates, FIELD(aggregate) },
	{ .name = "delimiter", .argument = "C", .help = "character between cells (default: the schema's, else ,)",
	  .kind = KG_OPTION_TEXT, FIELD(delimiter) },
	{ .name = "decimal", .argument = "C", .help = "decimal character (default: the schema's, else .)",
	  .kind = KG_OPTION_TEXT, FIELD(decimal) },
	{ .name = "group", .argument = "C", .help = "character that groups digits (default: the schema's, else none)",
	  .kind = KG_OPTION_TEXT, FIELD(group) },
	{ .name = "missing", .argument = "LIST", .help = "cells that mean 'not known', besides empty ones (default: NA in numeric columns)",
	  .kind = KG_OPTION_TEXT, FIELD(missing) },
	{ .name = "conf-level", .argument = "P", .fallback = "0.95", .help = "confidence level of intervals",
	  .kind = KG_OPTION_REAL, .least = 0.5, .most = 0.999999, FIELD(conf_level) },
	{ .name = "seed", .argument = "N", .fallback = "1", .help = "seed of resampling", .kind = KG_OPTION_INTEGER,
	  .least = 0, .most = KG_INTEGER_MOST, FIELD(seed) },
	{ .name = "replicates", .argument = "N", .help = "number of resamples (default: the method's own)",
	  .kind = KG_OPTION_INTEGER, .least = 1, .most = 1e8, FIELD(replicates) },
	{ .name = "threads", .argument = "N", .help = "threads; results never depend on it (default: all cores)",
	  .kind = KG_OPTION_INTEGER, .least = 1, .most = 1024, FIELD(threads) },
	{ .name = "format", .argument = "FORMAT", .help = "output (default: table on a terminal, else csv)",
	  .kind = KG_OPTION_CHOICE, .choice = formats, FIELD(format) },
	{ .name = "digits", .argument = "N", .fallback = "4", .help = "significant digits shown; csv and json always have all",
	  .kind = KG_OPTION_INTEGER, .least = 1, .most = 17, FIELD(digits) },
	{ .name = "lang", .argument = "LANG", .fallback = "en", .help = "language of numbers and labels",
	  .kind = KG_OPTION_CHOICE, .choice = languages, FIELD(lang) },
	{ .name = "output", .argument = "FILE", .help = "write there (old or new, never torn) instead of standard output",
	  .kind = KG_OPTION_TEXT, FIELD(output) },
	{ .name = "plot", .argument = "FILE", .help = "also draw the program's chart: .svg .pdf .png .eps .tex .txt",
	  .kind = KG_OPTION_TEXT, FIELD(plot) },
	{ .name = "with-script", .help = "leave FILE's gnuplot script and data beside the figure", .kind = KG_OPTION_FLAG,
	  FIELD(with_script) },
	{ .name = "quiet", .help = "no remarks on standard error", .kind = KG_OPTION_FLAG, FIELD(quiet) },
	{ .name = "no-progress", .help = "no progress bar", .kind = KG_OPTION_FLAG, FIELD(no_progress) },
};

struct kg_option_set kg_common_options(struct kg_common *values, const char *program)
{
	return (struct kg_option_set){ program, rows, sizeof rows / sizeof rows[0], values };
}
