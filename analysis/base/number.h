/* number: decimal text <-> double, for machines and for readers of either language. */
#ifndef KG_BASE_NUMBER_H
#define KG_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/message.h"

/* Largest integer below which every integer is a double: larger ones are refused, not rounded. */
#define KG_INTEGER_MOST 9007199254740992.0

enum kg_parse { KG_PARSED, KG_NOT_A_NUMBER, KG_TOO_LARGE };

/* Reads a plain decimal number (sign, digits, decimal character, exponent) that fills all `length` bytes, correctly
 * rounded. `decimal`: decimal character; `group`: digit-group character, 0 = none, accepted only between groups of
 * three. KG_TOO_LARGE: beyond the range of double, or an integer beyond 2^53 that double cannot hold exactly.
 * "inf", "nan", hexadecimal and blanks are no numbers. */
enum kg_parse kg_number_parse(const char *text, size_t length, char decimal, char group, double *value);

/* True when the text has a leading zero that a number would lose ("05248", "-007"): such a cell is a code. */
bool kg_number_is_code(const char *text, size_t length);

/* Shortest decimal that reads back as the same double; NaN and infinities append nothing (an empty cell). */
void kg_number_exact(struct kg_buffer *buffer, double value);

/* `value` with `decimals` places and grouped thousands: 1,234.5 in English, 1.234,5 in Vietnamese. Never "-0". */
void kg_number_fixed(struct kg_buffer *buffer, double value, int decimals, enum kg_language language);

/* `value` to `digits` significant digits for a reader: integers whole and grouped, very small and very large in
 * scientific form. NaN appends nothing. */
void kg_number_display(struct kg_buffer *buffer, double value, int digits, enum kg_language language);

/* A p-value: "<1e-4" below that, else `digits` significant; never 0. */
void kg_number_p(struct kg_buffer *buffer, double p, int digits, enum kg_language language);

#endif
