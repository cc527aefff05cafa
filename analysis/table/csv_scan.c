#include "table/csv_scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/text.h"

/* Bytes looked at in one step: one bit each in a word. */
#define STEP 64

/* Bit i is set where byte i equals `wanted`. */
static inline uint64_t match_step(const char *bytes, char wanted)
{
#ifdef __SSE2__
	const __m128i pattern = _mm_set1_epi8(wanted);
	uint64_t mask = 0;

	for (int part = 3; part >= 0; part--) {
		__m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * part));

		mask = mask << 16 | (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, pattern));
	}
	return mask;
#else
	uint64_t mask = 0;

	for (int i = 0; i < STEP; i++)
		mask |= (uint64_t)(bytes[i] == wanted) << i;
	return mask;
#endif
}

/* Where the fields and the lines of the next STEP bytes, or of the `length` that are left, end. */
static void find_ends(const char *bytes, size_t length, char delimiter, uint64_t *fields, uint64_t *lines)
{
	char padded[STEP] = { 0 };

	if (length < STEP)
		bytes = memcpy(padded, bytes, length);
	*lines = match_step(bytes, '\n');
	*fields = *lines | match_step(bytes, delimiter);
	if (length < STEP)
		*fields &= (UINT64_C(1) << length) - 1;
}

static bool has_high(const char *bytes, size_t length)
{
	uint64_t high = 0, word;
	size_t i = 0;

	for (; i + sizeof word <= length; i += sizeof word) {
		memcpy(&word, bytes + i, sizeof word);
		high |= word;
	}
	for (; i < length; i++)
		high |= (unsigned char)bytes[i];
	return (high & UINT64_C(0x8080808080808080)) != 0;
}

static bool has_lone_carriage(const char *bytes, size_t length)
{
	const char *end = bytes + length;

	for (const char *at = bytes; (at = memchr(at, '\r', (size_t)(end - at))); at++)
		if (at + 1 == end || at[1] != '\n')
			return true;
	return false;
}

struct kg_survey kg_scan_survey(const char *bytes, size_t length)
{
	return (struct kg_survey){ .quotes = memchr(bytes, '"', length) != NULL,
				   .lone_carriage = has_lone_carriage(bytes, length),
				   .high = has_high(bytes, length),
				   .nul = memchr(bytes, '\0', length) != NULL };
}

size_t kg_scan_quotes(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	size_t count = 0;

	for (const char *at = bytes; (at = memchr(at, '"', (size_t)(end - at))); at++)
		count++;
	return count;
}

/* Runs of bytes above 127 are whole characters: only they need to be looked into. */
size_t kg_scan_invalid(const char *bytes, size_t length)
{
	const char *nul = memchr(bytes, '\0', length);
	size_t most = nul ? (size_t)(nul - bytes) : length, at = 0;

	while (at < most) {
		uint64_t word;
		size_t run = at, bad;

		if (at + sizeof word <= most) {
			memcpy(&word, bytes + at, sizeof word);
			if (!(word & UINT64_C(0x8080808080808080))) {
				at += sizeof word;
				continue;
			}
		}
		while (run < most && (unsigned char)bytes[run] >= 0x80)
			run++;
		bad = kg_text_invalid_at(bytes + at, run - at);
		if (bad < run - at)
			return at + bad;
		at = run + 1;
	}
	return most;
}

size_t kg_scan_last_end(const char *bytes, size_t from, size_t to, bool quoted)
{
	for (size_t at = to; at > from; at--) {
		if (bytes[at - 1] == '"')
			quoted = !quoted;
		else if (bytes[at - 1] == '\n' && !quoted)
			return at;
	}
	return from;
}

static bool is_blank(char byte, char delimiter)
{
	return (byte == ' ' || byte == '\t') && byte != delimiter;
}

/* Takes blanks from both ends of a field, and the carriage return of a line end. */
static struct kg_span trim(const struct kg_chunk *chunk, size_t from, size_t to, bool line_end)
{
	char delimiter = chunk->shape->delimiter;

	if (line_end && to > from && chunk->bytes[to - 1] == '\r')
		to--;
	while (to > from && is_blank(chunk->bytes[to - 1], delimiter))
		to--;
	while (from < to && is_blank(chunk->bytes[from], delimiter))
		from++;
	return (struct kg_span){ (uint32_t)from, (uint32_t)(to - from) };
}

static void end_field(struct kg_chunk *chunk, size_t from, size_t to, bool line_end)
{
	struct kg_span span = { (uint32_t)from, (uint32_t)(to - from) };

	if (to == from || (unsigned char)chunk->bytes[from] <= ' ' || (unsigned char)chunk->bytes[to - 1] <= ' ')
		span = trim(chunk, from, to, line_end);
	if (span.length || !line_end || chunk->field)
		kg_chunk_field(chunk, span.at, span.length);
}

void kg_scan_split(struct kg_chunk *chunk, size_t from, size_t to, bool end)
{
	size_t start = from;

	for (size_t at = from; at < to && chunk->error.status == KG_OK; at += STEP) {
		uint64_t fields, lines;

		find_ends(chunk->bytes + at, to - at, chunk->shape->delimiter, &fields, &lines);
		for (; fields; fields &= fields - 1) {
			size_t stop = at + (size_t)__builtin_ctzll(fields);
			bool line_end = lines >> (stop - at) & 1;

			end_field(chunk, start, stop, line_end);
			start = stop + 1;
			if (line_end) {
				kg_chunk_record(chunk);
				chunk->nline++;
			}
		}
	}
	if (end && chunk->error.status == KG_OK && (chunk->field || trim(chunk, start, to, true).length)) {
		end_field(chunk, start, to, true);
		kg_chunk_record(chunk);
	}
}
