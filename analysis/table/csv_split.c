#include "table/csv_split.h"

#include <string.h>

#include "base/parallel.h"
#include "table/csv.h"
#include "table/csv_scan.h"

/* Plain text shorter than this between two quoted cells is not worth a change of parser. */
#define PLAIN_LEAST 512

struct count {
	const struct kg_cutting *cutting;
	size_t *quotes;
};

static enum kg_status count_quotes(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	const struct count *count = context;
	const struct kg_cutting *cutting = count->cutting;
	size_t from = index * cutting->size, left = cutting->length - from;

	(void)scratch;
	(void)error;
	count->quotes[index] = kg_scan_quotes(cutting->bytes + from, left < cutting->size ? left : cutting->size);
	return KG_OK;
}

size_t kg_split_pieces(const struct kg_cutting *cutting)
{
	return (cutting->length + cutting->size - 1) / cutting->size;
}

enum kg_status kg_split_cut(const struct kg_cutting *cutting, size_t *cut, struct kg_error *error)
{
	size_t pieces = kg_split_pieces(cutting), quotes = 0, from = 0;
	struct count count = { cutting, cut };

	KG_TRY(kg_parallel_each(pieces, cutting->threads, count_quotes, &count, error));
	for (size_t i = 0; i < pieces; i++) {
		size_t stop = i + 1 < pieces ? (i + 1) * cutting->size : cutting->length;

		quotes += cut[i];
		cut[i] = from;
		from = kg_scan_last_end(cutting->bytes, from, stop, quotes & 1);
	}
	cut[pieces] = cutting->end ? cutting->length : from;
	return KG_OK;
}

/* End of the record with the quote at `quote`, and of the records after it, up to a longer stretch without quotes. */
static size_t find_quoted_end(const char *bytes, size_t quote, size_t length)
{
	bool quoted = false;
	size_t last = quote;

	for (size_t at = quote; at < length; at++) {
		if (bytes[at] == '"') {
			quoted = !quoted;
			last = at;
		} else if (bytes[at] == '\n' && !quoted && at - last > PLAIN_LEAST) {
			return at + 1;
		}
	}
	return length;
}

/* Changes between libcsv, where there are quotes, and the scanner, where there are none. */
static void split_mixed(struct kg_chunk *chunk)
{
	size_t at = 0;

	while (at < chunk->length && chunk->error.status == KG_OK) {
		const char *quote = memchr(chunk->bytes + at, '"', chunk->length - at);
		size_t plain = quote ? (size_t)(quote - chunk->bytes) : chunk->length;

		if (quote)
			plain = kg_scan_last_end(chunk->bytes, at, plain, false);
		kg_scan_split(chunk, at, plain, chunk->last && plain == chunk->length);
		if (!quote || chunk->error.status != KG_OK)
			return;
		at = find_quoted_end(chunk->bytes, (size_t)(quote - chunk->bytes), chunk->length);
		kg_csv_split(chunk, plain, at, chunk->last && at == chunk->length);
	}
}

/* What comes before the bad byte is checked first, so that the first mistake is reported. */
static void refuse_byte(struct kg_chunk *chunk, size_t bad)
{
	bool nul = !chunk->bytes[bad];

	kg_csv_split(chunk, 0, bad, false);
	if (!chunk->field)
		chunk->start = chunk->nline;
	kg_chunk_refuse(chunk, nul ? "a NUL byte; save the file as UTF-8 text"
				   : "the text is not UTF-8; save the file as UTF-8");
}

void kg_split_fields(struct kg_chunk *chunk)
{
	struct kg_survey survey = kg_scan_survey(chunk->bytes, chunk->length);
	size_t bad = survey.nul || survey.high ? kg_scan_invalid(chunk->bytes, chunk->length) : chunk->length;

	if (bad < chunk->length)
		refuse_byte(chunk, bad);
	else if (survey.lone_carriage)
		kg_csv_split(chunk, 0, chunk->length, chunk->last);
	else if (survey.quotes)
		split_mixed(chunk);
	else
		kg_scan_split(chunk, 0, chunk->length, chunk->last);
}
