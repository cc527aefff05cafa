#include "report/label.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "report/unit.h"
#include "table/period.h"

static const char *const label[][2] = {
#define KG_LABEL(column, english) { column, english },
#include "report/label.def"
#undef KG_LABEL
};

/* NULL for none. */
static const char *read_words(const char *words, enum kg_language language, struct kg_arena *arena)
{
	const char *text = words ? kg_message_text(words, language, arena) : NULL;

	return text && *text ? text : NULL;
}

const char *kg_label_title(const struct kg_column *column, enum kg_language language, struct kg_arena *arena)
{
	return read_words(column->title, language, arena);
}

const char *kg_label_column(const struct kg_column *column, struct kg_arena *arena)
{
	struct kg_message texts;

	for (int i = 0; i < KG_LANGUAGES; i++) {
		const char *title = kg_label_title(column, (enum kg_language)i, arena);

		texts.in[i] = title ? kg_text_within(title, arena) : column->name;
	}
	return kg_message_pack(arena, &texts);
}

const char *kg_label_named(const struct kg_table *table, const char *name, struct kg_arena *arena)
{
	const struct kg_column *column = kg_table_find(table, name);

	return column ? kg_label_column(column, arena) : name;
}

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

static const char *find_cell(const char *program, const char *column, const char *id, size_t length)
{
	size_t head = program ? strlen(program) : 0;

	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
		const char *of = cells[i].column;

		if (program && (strncmp(of, program, head) != 0 || of[head] != '.'))
			continue;
		if (strcmp(program ? of + head + 1 : of, column) == 0 && strlen(cells[i].id) == length &&
		    strncmp(cells[i].id, id, length) == 0)
			return cells[i].english;
	}
	return NULL;
}

/* Programs whose terms are names of the user's columns, but for those that cell.def lists under "PROGRAM.term". */
static bool names_columns(const struct kg_label_place *at)
{
	static const char *const program[] = { "attainment", "harmonise", "reconcile", "regress" };

	for (size_t i = 0; i < sizeof program / sizeof program[0]; i++)
		if (strcmp(at->column, "term") == 0 && strcmp(program[i], at->program) == 0)
			return true;
	return false;
}

/* The title of the user's column of that name; NULL = none. */
static const char *find_column(const struct kg_provenance *from, const char *name, enum kg_language language,
			       struct kg_arena *arena)
{
	for (size_t i = 0; i < from->nwording; i++)
		if (from->wording[i].column && strcmp(from->wording[i].text, name) == 0)
			return read_words(from->wording[i].words, language, arena);
	return NULL;
}

/* "population~area", the term of a pair; NULL when neither has a title. */
static const char *find_pair(const struct kg_provenance *from, const char *cell, enum kg_language language,
			     struct kg_arena *arena)
{
	const char *tilde = strchr(cell, '~');
	const char *left = tilde ? kg_arena_format(arena, "%.*s", (int)(tilde - cell), cell) : NULL;
	const char *x = left ? find_column(from, left, language, arena) : NULL;
	const char *y = left ? find_column(from, tilde + 1, language, arena) : NULL;

	if (!x && !y)
		return NULL;
	return kg_arena_format(arena, "%s ~ %s", x ? x : left, y ? y : tilde + 1);
}

/* The title of the user's column, or pair of them, that a cell names; NULL = none. */
static const char *find_title(const struct kg_label_place *at, const char *cell, enum kg_language language,
			      struct kg_arena *arena)
{
	bool correlate = strcmp(at->program, "correlate") == 0, describe = strcmp(at->program, "describe") == 0;

	if (!at->from)
		return NULL;
	if (correlate && strcmp(at->column, "term") == 0)
		return find_pair(at->from, cell, language, arena);
	if (names_columns(at) || (describe && strcmp(at->column, "variable") == 0) ||
	    (correlate && (strcmp(at->column, "x") == 0 || strcmp(at->column, "y") == 0)))
		return find_column(at->from, cell, language, arena);
	return NULL;
}

static const char *find_words(const struct kg_label_place *at, const char *id, size_t length)
{
	const char *english = find_cell(at->program, at->column, id, length);

	return english || names_columns(at) ? english : find_cell(NULL, at->column, id, length);
}

/* "apc_1" by its stem and number. */
static const char *translate_numbered(const struct kg_label_place *at, const char *cell, enum kg_language language,
				      struct kg_arena *arena)
{
	size_t length = strlen(cell), stem = length;
	const char *english;

	while (stem && cell[stem - 1] >= '0' && cell[stem - 1] <= '9')
		stem--;
	if (stem == length || stem < 2 || cell[stem - 1] != '_')
		return NULL;
	english = find_words(at, cell, stem - 1);
	return english ? kg_arena_format(arena, "%s (%s)", kg_translate(language, english), cell + stem) : NULL;
}

/* "line 12" by the entry "line ", "risk_ratio:x" by "risk_ratio:"; their words end with a blank, too. */
static const char *translate_opening(const struct kg_label_place *at, const char *cell, enum kg_language language,
				     struct kg_arena *arena)
{
	for (const char *end = strpbrk(cell, " :"); end; end = strpbrk(end + 1, " :")) {
		const char *english = find_words(at, cell, (size_t)(end - cell) + 1);

		if (english)
			return kg_arena_format(arena, "%s%s", kg_translate(language, english), end + 1);
	}
	return NULL;
}

/* A period as Vietnamese readers write it: 17/05/2020, 05/2020, Quý II/2020 (as the General Statistics Office does);
 * NULL for any other cell. */
static const char *translate_period(const char *cell, enum kg_language language, struct kg_arena *arena)
{
	static const char *const quarter[] = { "I", "II", "III", "IV" };
	enum kg_period_kind kind;
	double year;
	long index;

	if (language != KG_VIETNAMESE || strlen(cell) < strlen("2020-Q2") || !kg_period_parse(cell, &kind, &index, &year))
		return NULL;
	if (kind == KG_PERIOD_DAY)
		return kg_arena_format(arena, "%.2s/%.2s/%.4s", cell + 8, cell + 5, cell);
	if (kind == KG_PERIOD_QUARTER)
		return kg_arena_format(arena, "Quý %s/%.4s", quarter[cell[6] - '1'], cell);
	return kg_arena_format(arena, "%.2s/%.4s", cell + 5, cell);
}

const char *kg_label_cell(const struct kg_label_place *at, const char *cell, enum kg_language language,
			  struct kg_arena *arena)
{
	const char *words = find_title(at, cell, language, arena), *english;

	if (words || language == KG_ENGLISH)
		return words ? words : cell;
	english = find_words(at, cell, strlen(cell));
	if (english)
		return kg_translate(language, english);
	words = translate_period(cell, language, arena);
	if (!words)
		words = translate_numbered(at, cell, language, arena);
	if (!words)
		words = translate_opening(at, cell, language, arena);
	return words ? words : cell;
}

const char *kg_label_argument(const char *program, const char *column, const char *cell, struct kg_arena *arena)
{
	const struct kg_label_place at = { program, column, NULL };
	struct kg_message texts;

	for (int i = 0; i < KG_LANGUAGES; i++)
		texts.in[i] = kg_label_cell(&at, cell, (enum kg_language)i, arena);
	return kg_message_argument(arena, &texts);
}

const char *kg_label_unit(const char *unit, const struct kg_provenance *from, struct kg_arena *arena)
{
	struct kg_message texts;

	for (int i = 0; i < KG_LANGUAGES; i++)
		texts.in[i] = kg_unit_words(unit, from, (enum kg_language)i, arena);
	return kg_message_argument(arena, &texts);
}

const char *kg_label_note(const char *program, size_t n, const char *method, struct kg_arena *arena)
{
	struct kg_message note =
	    kg_message_make(arena, "n = %zu, %s", n, kg_label_argument(program, "method", method, arena));

	return kg_message_argument(arena, &note);
}
