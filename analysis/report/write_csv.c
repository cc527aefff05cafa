/* CSV for machines (RFC 4180, lines end in LF): every number reads back as the same double, a missing cell is empty. */
#include "report/write.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/number.h"
#include "base/parallel.h"

static void add_text(struct kg_buffer *out, const char *text)
{
	size_t plain = strcspn(text, ",\"\r\n");

	if (!text[plain] && *text != ' ' && *text != '#') {
		kg_buffer_add_n(out, text, plain);
		return;
	}
	kg_buffer_add_char(out, '"');
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		kg_buffer_add_n(out, text, (size_t)(quote - text));
		kg_buffer_add(out, "\"\"");
	}
	kg_buffer_add(out, text);
	kg_buffer_add_char(out, '"');
}

/* A bound as the reader takes it: "≥30000", "<5"; a figure within two ends is written alone, one above its only end as
 * that end. */
static void add_bound(struct kg_buffer *out, const struct kg_column *column, size_t row)
{
	double value = column->real[row], low = column->low[row], high = column->high[row];

	if (isinf(high) && isfinite(low) && value >= low) {
		kg_buffer_add(out, "≥");
		value = low;
	} else if (low != high && (low == 0 || isinf(low))) {
		kg_buffer_add(out, high < value ? "<" : high == value ? "≤" : "");
	}
	kg_number_exact(out, value);
}

/* The cell written last in a column, which the next row often repeats: a place, a level, a count, one estimate by
 * several methods. */
struct written {
	double value;
	uint32_t code; /* of a text */
	bool any;
	size_t start, length; /* in the output */
};

/* The same number or text as before; -0 is written as 0. */
static bool repeats(const struct written *last, const struct kg_column *column, size_t row)
{
	return last->any &&
	       (column->type == KG_TEXT ? column->code[row] == last->code : column->real[row] == last->value);
}

static void add_new(struct kg_buffer *out, const struct kg_column *column, size_t row, struct kg_arena *scratch)
{
	bool number = column->type != KG_TEXT && column->type != KG_DATE;
	const char *text;

	if (number) {
		kg_number_exact(out, column->real[row]);
		return;
	}
	text = column->type == KG_TEXT ? kg_column_text(column, row) : kg_column_cell(column, row, scratch);
	if (text)
		add_text(out, text);
	else
		out->failed = true;
}

static void add_cell(struct kg_buffer *out, const struct kg_column *column, size_t row, struct written *last,
		     struct kg_arena *scratch)
{
	if (kg_column_missing(column, row))
		return;
	if (column->low) {
		add_bound(out, column, row);
		return;
	}
	if (repeats(last, column, row)) {
		size_t start = out->length;

		kg_buffer_reserve(out, last->length); /* may move the text, which is copied from */
		kg_buffer_add_n(out, out->text + last->start, last->length);
		last->start = start;
		return;
	}
	last->start = out->length;
	add_new(out, column, row, scratch);
	last->length = out->length - last->start;
	last->any = true;
	if (column->type == KG_TEXT)
		last->code = column->code[row];
	else
		last->value = column->real[row];
}

static void add_rows(struct kg_buffer *out, const struct kg_table *table, size_t from, size_t to,
		     struct kg_arena *scratch)
{
	struct written *last = KG_ARRAY(scratch, struct written, table->ncol);

	if (!last) {
		out->failed = true;
		return;
	}
	for (size_t i = from; i < to; i++) {
		size_t start = out->length;

		for (size_t j = 0; j < table->ncol; j++) {
			if (j)
				kg_buffer_add_char(out, ',');
			add_cell(out, &table->column[j], i, &last[j], scratch);
		}
		if (out->length == start)
			kg_buffer_add(out, "\"\""); /* an empty line would be no row */
		kg_buffer_add_char(out, '\n');
	}
}

/* Rows are written in blocks at the same time, and put together in order, some blocks at once so that the text does not
 * stand in memory twice. The first rows tell how much room the others take, and a little more. */
enum { BLOCK_ROWS = 1024, WAVE_BLOCKS = 16, FIRST_ROWS = 64, SPARE_PART = 8 };

struct block {
	struct kg_arena *arena;
	struct kg_buffer text;
};

struct wave {
	const struct kg_table *table;
	size_t from;	 /* row */
	size_t expected; /* bytes of a block */
	struct block block[WAVE_BLOCKS];
};

static enum kg_status write_block(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	struct wave *wave = context;
	struct block *block = &wave->block[index];
	size_t from = wave->from + index * BLOCK_ROWS, to = from + BLOCK_ROWS;

	block->arena = kg_arena_new(0);
	if (!block->arena)
		return kg_error_memory(error);
	block->text = kg_buffer_new(block->arena);
	kg_buffer_reserve(&block->text, wave->expected);
	add_rows(&block->text, wave->table, from, to < wave->table->nrow ? to : wave->table->nrow, scratch);
	return kg_buffer_check(&block->text, error);
}

static enum kg_status write_wave(struct wave *wave, size_t threads, struct kg_buffer *out, struct kg_error *error)
{
	size_t rows = wave->table->nrow - wave->from, blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
	enum kg_status status;

	blocks = blocks < WAVE_BLOCKS ? blocks : WAVE_BLOCKS;
	memset(wave->block, 0, sizeof wave->block);
	status = kg_parallel_each(blocks, threads, write_block, wave, error);
	for (size_t i = 0; i < blocks; i++) {
		if (status == KG_OK)
			kg_buffer_add_n(out, wave->block[i].text.text, wave->block[i].text.length);
		kg_arena_free(wave->block[i].arena);
	}
	wave->from += blocks * BLOCK_ROWS;
	return status;
}

/* Writes the first rows and makes room for all by what they take. */
static void begin(struct wave *wave, struct kg_arena *scratch, struct kg_buffer *out)
{
	size_t start = out->length, written;

	add_rows(out, wave->table, 0, FIRST_ROWS, scratch);
	written = (out->length - start) * (BLOCK_ROWS / FIRST_ROWS);
	wave->from = FIRST_ROWS;
	wave->expected = written + written / SPARE_PART;
	kg_buffer_reserve(out, wave->expected * (wave->table->nrow / BLOCK_ROWS + 1));
}

static enum kg_status write_csv(const struct kg_result *result, const struct kg_style *style, struct kg_arena *scratch,
				struct kg_buffer *out, struct kg_error *error)
{
	struct wave wave = { .table = result->table };

	for (size_t j = 0; j < wave.table->ncol; j++) {
		if (j)
			kg_buffer_add_char(out, ',');
		add_text(out, wave.table->column[j].name);
	}
	kg_buffer_add_char(out, '\n');
	if (wave.table->nrow <= BLOCK_ROWS) {
		add_rows(out, wave.table, 0, wave.table->nrow, scratch);
		return kg_buffer_check(out, error);
	}
	begin(&wave, scratch, out);
	while (wave.from < wave.table->nrow)
		KG_TRY(write_wave(&wave, style->threads, out, error));
	return kg_buffer_check(out, error);
}

const struct kg_format kg_format_csv = { "csv", "comma-separated values, full precision", write_csv };
