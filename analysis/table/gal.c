#include "table/gal.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "table/builder.h"

#define COLUMNS_MOST 3

/* Words of the file, split by blanks; the line of the last one taken. */
struct scanner {
	const struct kg_source *source;
	char *at;
	size_t line;
	struct kg_arena *arena;
	struct kg_error *error;
	struct kg_builder *builder;
	uint32_t *line_of; /* of each row */
	size_t rows, room;
};

static bool ends_in(const char *path, const char *ending)
{
	size_t length = strlen(path), tail = strlen(ending);

	return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

bool kg_gal_is(const char *path)
{
	return ends_in(path, ".gal") || ends_in(path, ".gwt");
}

size_t kg_gal_header(const struct kg_source *source, const char *const **name)
{
	static const char *const column[COLUMNS_MOST] = { "place", "neighbour", "distance" };

	*name = column;
	return ends_in(source->path, ".gwt") ? COLUMNS_MOST : COLUMNS_MOST - 1;
}

static enum kg_status refuse(const struct scanner *scanner, const char *what, const char *word)
{
	return kg_error_cell(scanner->error, KG_EDATA, scanner->source->spec, scanner->line, NULL, what, word);
}

/* The next word of the file, or of its current line; NULL at the end. */
static const char *take_word(struct scanner *scanner, bool same_line)
{
	char *word;

	while (*scanner->at && strchr(" \t\r\n", *scanner->at)) {
		if (*scanner->at == '\n') {
			if (same_line)
				return NULL;
			scanner->line++;
		}
		scanner->at++;
	}
	word = scanner->at;
	if (!*word)
		return NULL;
	scanner->at += strcspn(word, " \t\r\n");
	return kg_arena_text_n(scanner->arena, word, (size_t)(scanner->at - word));
}

static bool is_count(const char *word, double *count)
{
	return kg_number_parse(word, strlen(word), '.', 0, count) == KG_PARSED && *count >= 0 &&
	       *count == (double)(size_t)*count;
}

/* First line: the number of places, or `0 number layer key`. */
static enum kg_status read_count(struct scanner *scanner, double *places)
{
	const char *first = take_word(scanner, false), *second = first ? take_word(scanner, true) : NULL;

	if (!first || !is_count(first, places) || (second && !is_count(second, places)))
		return refuse(scanner, "'%s' is no number of places; is this a GAL or GWT file?", first ? first : "");
	while (second)
		second = take_word(scanner, true);
	return KG_OK;
}

static enum kg_status add_row(struct scanner *scanner, const char *place, const char *neighbour, double distance)
{
	if (scanner->rows == scanner->room) {
		size_t room = scanner->room ? scanner->room * 2 : 1024;

		scanner->line_of = kg_arena_grow(scanner->arena, scanner->line_of, scanner->room * sizeof(uint32_t),
						 room * sizeof(uint32_t));
		scanner->room = room;
	}
	if (!scanner->line_of)
		return kg_error_memory(scanner->error);
	scanner->line_of[scanner->rows++] = (uint32_t)scanner->line;
	kg_builder_row(scanner->builder);
	kg_builder_text(scanner->builder, 0, place);
	kg_builder_text(scanner->builder, 1, neighbour);
	if (ends_in(scanner->source->path, ".gwt"))
		kg_builder_real(scanner->builder, 2, distance);
	return KG_OK;
}

/* GAL: `place number`, then so many neighbours on the next line. */
static enum kg_status read_contiguity(struct scanner *scanner, double places)
{
	const char *place, *word;
	double count = 0, seen = 0;

	while ((place = take_word(scanner, false))) {
		word = take_word(scanner, true);
		if (!word || !is_count(word, &count))
			return refuse(scanner, "no number of neighbours after place '%s'", place);
		for (size_t k = 0; k < (size_t)count; k++) {
			word = take_word(scanner, k > 0);
			if (!word)
				return refuse(scanner, "place '%s' has fewer neighbours than its number says", place);
			KG_TRY(add_row(scanner, place, word, NAN));
		}
		if (take_word(scanner, true))
			return refuse(scanner, "place '%s' has more neighbours than its number says", place);
		seen++;
	}
	return seen == places ? KG_OK
			      : refuse(scanner, "the first line of '%s' says another number of places than follow",
				       scanner->source->spec);
}

/* GWT: `place neighbour distance` on each line. */
static enum kg_status read_distances(struct scanner *scanner)
{
	const char *place, *neighbour, *word;
	double distance;

	while ((place = take_word(scanner, false))) {
		neighbour = take_word(scanner, true);
		word = neighbour ? take_word(scanner, true) : NULL;
		if (!word || kg_number_parse(word, strlen(word), '.', 0, &distance) != KG_PARSED)
			return refuse(scanner, "place '%s' needs a neighbour and a distance after it", place);
		KG_TRY(add_row(scanner, place, neighbour, distance));
	}
	return KG_OK;
}

static enum kg_status finish(const struct scanner *scanner, const struct kg_table **table)
{
	struct kg_provenance *from = KG_NEW(scanner->arena, struct kg_provenance);
	struct kg_table *made = KG_NEW(scanner->arena, struct kg_table);

	if (!from || !made)
		return kg_error_memory(scanner->error);
	*from = kg_provenance_none;
	from->file = scanner->source->spec;
	KG_TRY(kg_builder_finish(scanner->builder, from, table, scanner->error));
	*made = **table;
	made->line = scanner->line_of;
	*table = made;
	return KG_OK;
}

enum kg_status kg_gal_read(const struct kg_source *source, struct kg_arena *arena, const struct kg_table **table,
			   struct kg_error *error)
{
	struct scanner scanner = { source, NULL, 1, arena, error, kg_builder_new(source->name, arena), NULL, 0, 0 };
	const char *const *name;
	size_t length, count = kg_gal_header(source, &name);
	double places = 0;

	KG_TRY(kg_file_read(source->path, arena, &scanner.at, &length, error));
	if (!scanner.builder)
		return kg_error_memory(error);
	if (strlen(scanner.at) != length || kg_text_invalid_at(scanner.at, length) != length)
		return refuse(&scanner, "'%s' is no text in UTF-8", source->spec);
	for (size_t j = 0; j < count; j++)
		kg_builder_column(scanner.builder, name[j], j < 2 ? KG_TEXT : KG_REAL, NULL);
	KG_TRY(read_count(&scanner, &places));
	KG_TRY(count == COLUMNS_MOST ? read_distances(&scanner) : read_contiguity(&scanner, places));
	return finish(&scanner, table);
}
