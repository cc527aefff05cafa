#include "base/distance.h"

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t kg_distance(const int32_t *a, size_t na, const int32_t *b, size_t nb)
{
	size_t rows[3][KG_DISTANCE_MOST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	if (na > KG_DISTANCE_MOST || nb > KG_DISTANCE_MOST)
		return KG_DISTANCE_MOST;
	for (size_t j = 0; j <= nb; j++)
		above[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *oldest = before;

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1);
			row[j] = least(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = above;
		above = row;
		row = oldest;
	}
	return above[nb];
}
