/* make_rows ROWS [sorted]: a CSV of places and years on stdout, for timing. 10,600 places times 15 years = 159,000
 * place-years; 48 bytes a row on average, so that 10,000,000 rows are 480 MB. The same bytes for the same ROWS. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 10600
#define YEARS 15

/* splitmix64 (Steele, Lea & Flood 2014). */
static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static void put_row(uint64_t cell, uint64_t *state)
{
	static const char *const sexes[] = { "female", "male" };
	static const char *const ages[] = { "00-14", "15-29", "30-44", "45-59", "60-74", "75-99" };
	uint64_t bits = draw(state), counts = draw(state);

	printf("VN%05u,%u,%s,%s,%u,%u,%u\n", (unsigned)(cell / YEARS), 2005 + (unsigned)(cell % YEARS), sexes[bits & 1],
	       ages[(bits >> 8) % 6], (unsigned)(counts % 1000000), (unsigned)((counts >> 20) % 1000000),
	       (unsigned)((counts >> 40) % 1000000));
}

int main(int argc, char **argv)
{
	long rows = argc > 1 ? atol(argv[1]) : 0;
	int sorted = argc > 2 && strcmp(argv[2], "sorted") == 0;
	uint64_t state = 1, cells = (uint64_t)PLACES * YEARS;

	if (rows <= 0) {
		fputs("usage: make_rows ROWS [sorted]\n", stderr);
		return 2;
	}
	puts("place,year,sex,age,events,attendances,residents");
	for (long i = 0; i < rows; i++)
		put_row(sorted ? (uint64_t)i * cells / (uint64_t)rows : draw(&state) % cells, &state);
	return fflush(stdout) == 0 ? 0 : 1;
}
