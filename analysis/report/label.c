#include "report/label.h"

#include <stdbool.h>
#include <string.h>

static const char *const label[][2] = {
#define KG_LABEL(column, english) { column, english },
#include "report/label.def"
#undef KG_LABEL
};

const char *kg_label_find(const char *column, enum kg_language language)
{
	for (size_t i = 0; i < sizeof label / sizeof label[0]; i++)
		if (strcmp(label[i][0], column) == 0)
			return kg_translate(language, label[i][1]);
	return NULL;
}

struct cell {
	const char *column, *id, *english;
};

static const struct cell cells[] = {
#define KG_CELL(column, id, english) { column, id, english },
#include "report/cell.def"
#undef KG_CELL
};

static const char *find_cell(const char *column, const char *id, size_t length)
{
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		if (strcmp(cells[i].column, column) == 0 && strlen(cells[i].id) == length &&
		    strncmp(cells[i].id, id, length) == 0)
			return cells[i].english;
	return NULL;
}

/* Methods whose terms are names of the user's columns. */
static bool is_model(const char *method)
{
	static const char *const model[] = { "ols",	 "wls",	  "poisson", "quasi-poisson",	"negative-binomial",
					     "logistic", "firth", "flac",    "marginal-effects" };

	for (size_t i = 0; method && i < sizeof model / sizeof model[0]; i++)
		if (strcmp(model[i], method) == 0)
			return true;
	return false;
}

const char *kg_label_cell(const char *column, const char *cell, const char *method, enum kg_language language,
			  struct kg_arena *arena)
{
	size_t length = strlen(cell), stem = length;
	const char *english;

	if (language == KG_ENGLISH)
		return cell;
	if (strcmp(column, "term") == 0 && is_model(method))
		column = "coefficient";
	english = find_cell(column, cell, length);
	if (english)
		return kg_translate(language, english);
	while (stem && cell[stem - 1] >= '0' && cell[stem - 1] <= '9')
		stem--;
	if (stem == length || stem < 2 || cell[stem - 1] != '_')
		return cell;
	english = find_cell(column, cell, stem - 1);
	return english ? kg_arena_format(arena, "%s (%s)", kg_translate(language, english), cell + stem) : cell;
}
