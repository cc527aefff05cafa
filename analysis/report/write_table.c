/* The table for a terminal: aligned on the decimal character, fitted to the width by folding long headings and texts
 * and, when that is not enough, by going on below with the columns that name the rows repeated. */
#include "report/write.h"

#include <string.h>

#include "base/text.h"
#include "report/display.h"

#define GAP 2		  /* blanks between columns */
#define TEXT_LEAST 24	  /* text columns are not folded narrower than this */
#define SENTENCE_LEAST 40 /* sentences are not folded narrower than this */
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct place {
	size_t width, fraction;
	const char *rest; /* of the text that is being written over several lines */
};

struct layout {
	const struct kg_display *display;
	const struct kg_style *style;
	struct kg_buffer *out;
	struct place *place;
};

static size_t step_character(const char *text, size_t *width)
{
	char one[5] = { 0 };
	size_t bytes = 1;

	while (bytes < 4 && ((unsigned char)text[bytes] & 0xC0) == 0x80)
		bytes++;
	memcpy(one, text, bytes);
	*width = kg_text_width(one);
	return bytes;
}

/* Bytes of `text` that fit one line: broken after a blank or an underscore where there is one. */
static size_t take_line(const char *text, size_t width)
{
	size_t at = 0, used = 0, broken = 0;

	while (text[at]) {
		size_t wide, bytes = step_character(text + at, &wide);

		if (used + wide > width && text[at] != ' ')
			return broken ? broken : at ? at : bytes;
		used += wide;
		at += bytes;
		if (text[at - 1] == ' ' || text[at - 1] == '_')
			broken = at;
	}
	return at;
}

static size_t measure_bytes(const char *text, size_t bytes)
{
	size_t used = 0;

	for (size_t at = 0; at < bytes;) {
		size_t wide;

		at += step_character(text + at, &wide);
		used += wide;
	}
	return used;
}

/* Width of the widest part of a heading that may be broken at underscores. */
static size_t measure_parts(const char *heading)
{
	size_t widest = 0;

	while (*heading) {
		size_t part = strcspn(heading, "_");

		part += heading[part] == '_';
		if (measure_bytes(heading, part) > widest)
			widest = measure_bytes(heading, part);
		heading += part;
	}
	return widest;
}

static bool is_aligned(const char *cell)
{
	return *cell != '<' && !strstr(cell, "–");
}

/* English readers see the names that commands take, others what the columns mean. */
static const char *name_column(const struct layout *layout, const struct kg_display_column *column)
{
	return layout->style->language == KG_ENGLISH ? column->name : column->heading;
}

static void measure_column(const struct layout *layout, size_t j, bool folded)
{
	const struct kg_display_column *column = &layout->display->column[j];
	struct place *place = &layout->place[j];
	const char *name = name_column(layout, column);
	size_t whole = 0, odd = folded ? measure_parts(name) : kg_text_width(name);

	place->fraction = 0;
	for (size_t i = 0; i < layout->display->nrow; i++) {
		size_t wide = kg_text_width(column->cell[i]), fraction = 0;

		if (column->number && is_aligned(column->cell[i])) {
			fraction = kg_display_fraction(column->cell[i], layout->style->language);
			whole = wide - fraction > whole ? wide - fraction : whole;
			place->fraction = fraction > place->fraction ? fraction : place->fraction;
		} else if (wide > odd) {
			odd = wide;
		}
	}
	place->width = whole + place->fraction > odd ? whole + place->fraction : odd;
}

static size_t measure_all(const struct layout *layout)
{
	size_t total = 0;

	for (size_t j = 0; j < layout->display->ncol; j++)
		total += layout->place[j].width + (j ? GAP : 0);
	return total;
}

/* Takes one column off the widest text column; false when all are narrow. */
static bool narrow_text(const struct layout *layout)
{
	struct place *widest = NULL;

	for (size_t j = 0; j < layout->display->ncol; j++) {
		struct place *place = &layout->place[j];

		if (!layout->display->column[j].number && place->width > TEXT_LEAST &&
		    (!widest || place->width > widest->width))
			widest = place;
	}
	if (widest)
		widest->width--;
	return widest;
}

static void fit_columns(const struct layout *layout)
{
	size_t width = layout->style->width;

	for (size_t j = 0; j < layout->display->ncol; j++)
		measure_column(layout, j, false);
	if (!width || measure_all(layout) <= width)
		return;
	for (size_t j = 0; j < layout->display->ncol; j++)
		measure_column(layout, j, true);
	while (measure_all(layout) > width)
		if (!narrow_text(layout))
			return;
}

static void trim_line(struct kg_buffer *out)
{
	while (out->length && out->text[out->length - 1] == ' ')
		out->text[--out->length] = '\0';
}

/* The next line of one cell, padded to its column. */
static void add_part(const struct layout *layout, size_t j, bool heading)
{
	struct place *place = &layout->place[j];
	bool number = layout->display->column[j].number;
	size_t bytes = take_line(place->rest, place->width), shown = bytes, left = 0, wide;

	while (shown && place->rest[shown - 1] == ' ')
		shown--;
	wide = measure_bytes(place->rest, shown);
	if (number && place->width > wide)
		left = place->width - wide;
	if (number && !heading && *place->rest && is_aligned(place->rest)) {
		size_t right = place->fraction - kg_display_fraction(place->rest, layout->style->language);

		left -= right < left ? right : left;
	}
	kg_buffer_repeat(layout->out, " ", left);
	kg_buffer_add_n(layout->out, place->rest, shown);
	kg_buffer_repeat(layout->out, " ", place->width > left + wide ? place->width - left - wide : 0);
	place->rest += bytes;
}

/* Columns of one block: the keys, then `from` up to `to`. */
struct block {
	size_t nkey, from, to;
};

static size_t next_column(const struct block *block, size_t j)
{
	return j + 1 == block->nkey && j + 1 < block->from ? block->from : j + 1;
}

/* Writes line after line until every cell of the row is done. */
static void add_row(const struct layout *layout, const struct block *block, bool heading)
{
	bool more = true;

	while (more) {
		more = false;
		kg_buffer_add(layout->out, heading && layout->style->colour ? BOLD : "");
		for (size_t j = block->nkey ? 0 : block->from; j < block->to; j = next_column(block, j)) {
			kg_buffer_repeat(layout->out, " ", j ? GAP : 0);
			add_part(layout, j, heading);
			more |= *layout->place[j].rest != '\0';
		}
		trim_line(layout->out);
		kg_buffer_add(layout->out, heading && layout->style->colour ? PLAIN "\n" : "\n");
	}
}

static void add_block(const struct layout *layout, const struct block *block)
{
	const struct kg_display *display = layout->display;
	size_t total = 0;

	for (size_t j = 0; j < display->ncol; j++)
		layout->place[j].rest = name_column(layout, &display->column[j]);
	add_row(layout, block, true);
	for (size_t j = block->nkey ? 0 : block->from; j < block->to; j = next_column(block, j))
		total += layout->place[j].width + (j ? GAP : 0);
	kg_buffer_repeat(layout->out, "─", total);
	kg_buffer_add_char(layout->out, '\n');
	for (size_t i = 0; i < display->nrow; i++) {
		for (size_t j = 0; j < display->ncol; j++)
			layout->place[j].rest = display->column[j].cell[i];
		add_row(layout, block, false);
	}
}

static void add_blocks(const struct layout *layout)
{
	const struct kg_display *display = layout->display;
	size_t width = layout->style->width, keys = 0;
	struct block block = { .nkey = display->nkey };

	for (size_t j = 0; j < display->nkey; j++)
		keys += layout->place[j].width + GAP;
	block.to = display->nkey;
	do {
		size_t used = keys;

		block.from = block.to;
		while (block.to < display->ncol &&
		       (!width || block.to == block.from || used + layout->place[block.to].width <= width))
			used += layout->place[block.to++].width + GAP;
		kg_buffer_add(layout->out, block.from > display->nkey ? "\n" : "");
		add_block(layout, &block);
	} while (block.to < display->ncol);
}

static void add_sentence(const struct layout *layout, const char *sentence)
{
	size_t width = layout->style->width;

	if (width && width < SENTENCE_LEAST)
		width = SENTENCE_LEAST;
	while (*sentence) {
		size_t bytes = width ? take_line(sentence, width) : strlen(sentence);

		kg_buffer_add_n(layout->out, sentence, bytes);
		trim_line(layout->out);
		kg_buffer_add_char(layout->out, '\n');
		sentence += bytes;
	}
}

static void add_all(const struct layout *layout)
{
	const struct kg_display *display = layout->display;

	if (display->title)
		add_sentence(layout, display->title);
	if (display->same)
		add_sentence(layout, display->same);
	if (display->title || display->same)
		kg_buffer_add_char(layout->out, '\n');
	add_blocks(layout);
	if (display->synthetic || display->nbelow)
		kg_buffer_add_char(layout->out, '\n');
	if (display->synthetic)
		add_sentence(layout, display->synthetic);
	for (size_t i = 0; i < display->nbelow; i++)
		add_sentence(layout, display->below[i]);
}

static enum kg_status write_table(const struct kg_result *result, const struct kg_style *style,
				  struct kg_arena *scratch, struct kg_buffer *out, struct kg_error *error)
{
	struct kg_display display;
	struct layout layout = { &display, style, out, NULL };

	KG_TRY(kg_display_make(result, style, scratch, &display, error));
	layout.place = KG_ARRAY(scratch, struct place, display.ncol + 1);
	if (!layout.place)
		return kg_error_memory(error);
	fit_columns(&layout);
	add_all(&layout);
	return kg_buffer_check(out, error);
}

const struct kg_format kg_format_table = { "table", "aligned table for a terminal", write_table };
