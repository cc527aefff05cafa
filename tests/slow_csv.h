/* slow_csv: an obvious CSV parser, byte after byte, that the fast one must equal. Refuses what the fast one refuses, at
 * the same line. */
#ifndef KG_TESTS_SLOW_CSV_H
#define KG_TESTS_SLOW_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SLOW_CELLS 512
#define SLOW_TEXT 4096

struct slow_csv {
	size_t ncolumn, nrow;
	size_t line[SLOW_CELLS];      /* of each row */
	const char *cell[SLOW_CELLS]; /* row after row */
	size_t refused;		      /* line, 0 = all is well */
	char text[SLOW_TEXT];
	/* while parsing */
	size_t used, at, now, blank, ncell, field;
};

static inline bool slow_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool slow_refuse(struct slow_csv *csv, size_t line)
{
	csv->refused = csv->blank ? csv->blank : line;
	return false;
}

static inline void slow_put(struct slow_csv *csv, char c)
{
	csv->text[csv->used++] = c;
}

/* A quoted cell, after its opening quote. False: never closed, or text after the closing quote. */
static inline bool slow_quoted(struct slow_csv *csv, const char *text, size_t length)
{
	for (;; csv->at++) {
		if (csv->at == length)
			return false;
		if (text[csv->at] == '\n')
			csv->now++;
		if (text[csv->at] != '"') {
			slow_put(csv, text[csv->at]);
			continue;
		}
		if (csv->at + 1 < length && text[csv->at + 1] == '"') {
			slow_put(csv, '"');
			csv->at++;
			continue;
		}
		break;
	}
	for (csv->at++; csv->at < length && slow_is_blank(text[csv->at]);)
		csv->at++;
	return csv->at == length || strchr(",\r\n", text[csv->at]);
}

/* A cell without quotes, up to the delimiter or line end. False: a quote in it. */
static inline bool slow_bare(struct slow_csv *csv, const char *text, size_t length)
{
	size_t start = csv->used;

	for (; csv->at < length && !strchr(",\r\n", text[csv->at]); csv->at++) {
		if (text[csv->at] == '"')
			return false;
		slow_put(csv, text[csv->at]);
	}
	while (csv->used > start && slow_is_blank(csv->text[csv->used - 1]))
		csv->used--;
	return true;
}

/* The line end at the present place: LF, or CR and LF. Blanks between the two are let be. */
static inline bool slow_line_end(struct slow_csv *csv, const char *text, size_t length)
{
	if (csv->at < length && text[csv->at] == '\r') {
		for (csv->at++; csv->at < length && slow_is_blank(text[csv->at]);)
			csv->at++;
		if (csv->at == length || text[csv->at] != '\n')
			return slow_refuse(csv, csv->now);
	}
	csv->at += csv->at < length;
	csv->now++;
	return true;
}

/* One record. False: refused, or the text is at its end. */
static inline bool slow_record(struct slow_csv *csv, const char *text, size_t length)
{
	size_t line = csv->now;

	for (csv->field = 0;; csv->at++) {
		while (csv->at < length && slow_is_blank(text[csv->at]))
			csv->at++;
		if (!csv->field && csv->at == length)
			return false;
		if (!csv->field && strchr("\r\n", text[csv->at])) {
			csv->blank = csv->blank ? csv->blank : line;
			return slow_line_end(csv, text, length);
		}
		csv->cell[csv->ncell++] = csv->text + csv->used;
		if (csv->at < length && text[csv->at] == '"') {
			csv->at++;
			if (!slow_quoted(csv, text, length))
				return slow_refuse(csv, line);
		} else if (!slow_bare(csv, text, length)) {
			return slow_refuse(csv, line);
		}
		slow_put(csv, '\0');
		csv->field++;
		if (csv->at == length || text[csv->at] != ',')
			break;
	}
	if (csv->blank || csv->field != csv->ncolumn)
		return slow_refuse(csv, line);
	csv->line[csv->nrow++] = line;
	return slow_line_end(csv, text, length);
}

/* Parses rows of `ncolumn` cells that stand from line 2 on. Small texts only. */
static inline void slow_csv_parse(struct slow_csv *csv, size_t ncolumn, const char *text, size_t length)
{
	memset(csv, 0, sizeof *csv);
	csv->ncolumn = ncolumn;
	csv->now = 2;
	while (csv->at < length && slow_record(csv, text, length))
		continue;
}

#endif
