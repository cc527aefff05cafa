/* covariance: of the coefficients of a fitted linear or generalised linear model, from its QR and its residuals.
 * With Q R = diag(root_weight) X, q_i a row of Q, e_i = root_weight_i times the working residual and h_i = q_i'q_i:
 *	classical  dispersion (X'WX)^-1
 *	hc0        R^-1 (sum e_i^2 q_i q_i') R^-T (White 1980, Huber 1967)
 *	hc1        hc0 times n / (n - k) (Hinkley 1977)
 *	hc2        e_i^2 / (1 - h_i), hc3 e_i^2 / (1 - h_i)^2 (MacKinnon & White 1985)
 *	cluster    sums of e_i q_i within clusters, times G / (G - 1) (n - 1) / (n - k) (Liang & Zeger 1986; CR1) */
#ifndef KG_STATS_COVARIANCE_H
#define KG_STATS_COVARIANCE_H

#include "base/arena.h"
#include "stats/qr.h"
#include "stats/stat.h"

struct kg_fitted {
	const struct kg_qr *qr;
	const double *residual;	 /* n values e_i: Pearson residuals */
	double dispersion;	 /* classical only */
	const uint32_t *cluster; /* n numbers; cluster only */
};

struct kg_covariance_made {
	double *value;	 /* rank x rank, of the coefficients of qr->column; NULL when memory is out. Clusters: NaN for a
			  * coefficient that they are too few for */
	size_t clusters; /* 0 unless cluster */
	bool undefined;	 /* hc2, hc3: a row has leverage 1; hc1: no degrees of freedom; cluster: fewer than two */
};

struct kg_covariance_made kg_covariance_make(enum kg_covariance kind, const struct kg_fitted *fitted,
					     struct kg_arena *arena);

#endif
