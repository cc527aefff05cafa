set encoding utf8
set print '-'
$data << END_OF_DATA
2001 100
2002 104
2003 109

2004 95
2005 97
2006 100


2001 100
2002 104
2003 109
2004 95
2005 97
2006 100
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 317,272 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Persons, 2001–2006' at screen 0.0252366,0.94424 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Synthetic data' at screen 0.0252366,0.112132 left font 'Noto Sans:Bold,12' textcolor rgb '#555555' front
set label 3 'Source: made up for this test. n = 6.' at screen 0.0252366,0.0569853 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.109123
set rmargin at screen 0.884568
set bmargin at screen 0.253676
set tmargin at screen 0.83701
set border 1 back lc rgb '#888888' lw 1
set xrange [2000.9:2006.1]
set xtics nomirror out scale 0.4 ('' 2001, '' 2002, '' 2003, '' 2004, '' 2005, '' 2006)
set grid noxtics
set yrange [0:125]
set ytics nomirror out scale 0 ('' 0, '' 25, '' 50, '' 75, '' 100, '' 125)
set grid ytics
set label 4 '2001' at screen 0.124035,0.204044 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '2002' at screen 0.273159,0.204044 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2003' at screen 0.422283,0.204044 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '2004' at screen 0.571407,0.204044 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '2005' at screen 0.720531,0.204044 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '2006' at screen 0.869655,0.204044 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '0' at screen 0.0901956,0.253676 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '25' at screen 0.0901956,0.370343 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '50' at screen 0.0901956,0.48701 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '75' at screen 0.0901956,0.603676 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '100' at screen 0.0901956,0.720343 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 '125' at screen 0.0901956,0.83701 right font 'Noto Sans,12' textcolor rgb '#444444' front
set arrow 1 from screen 0.496845,0.253676 to screen 0.496845,0.83701 nohead lc rgb '#a8a8a8' lw 1 dt (6,5)
set label 16 'boundary change' at screen 0.509464,0.820466 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set label 17 '100' at screen 0.909804,0.720343 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
plot $data index 0 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle, \
  $data index 1 using 1:2 with points pt 7 ps 0.45 lc rgb '#0072b2' notitle
unset output
print 'points ', STATS_records
