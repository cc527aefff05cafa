#include "table/csv_split.h"

#include <string.h>

#include "base/parallel.h"
#include "table/csv.h"
#include "table/csv_scan.h"

/* Plain text shorter than this between two quoted cells is not worth a change of parser. */
#define PLAIN_LEAST 512

struct count {
	const char *bytes;
	size_t length, size, *quotes;
};

static enum kg_status count_quotes(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	const struct count *count = context;
	size_t from = index * count->size, left = count->length - from;

	(void)scratch;
	(void)error;
	count->quotes[index] = kg_scan_quotes(count->bytes + from, left < count->size ? left : count->size);
	return KG_OK;
}

enum kg_status kg_split_cut(const char *bytes, size_t length, size_t size, size_t threads, bool end, size_t *cut,
			    struct kg_error *error)
{
	size_t nchunk = (length + size - 1) / size, quotes = 0, from = 0;
	struct count count = { bytes, length, size, cut };

	KG_TRY(kg_parallel_each(nchunk, threads, count_quotes, &count, error));
	for (size_t i = 0; i < nchunk; i++) {
		quotes += cut[i];
		cut[i] = from;
		from = kg_scan_last_end(bytes, from, i + 1 < nchunk ? (i + 1) * size : length, quotes & 1);
	}
	cut[nchunk] = end ? length : from;
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
