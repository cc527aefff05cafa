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
set terminal svg size 317,273 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Persons, 2001–2006' at screen 0.0252366,0.944444 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Persons, 2001–2006' at screen 0.0252366,0.874542 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Synthetic data' at screen 0.0252366,0.111722 left font 'Noto Sans:Bold,12' textcolor rgb '#555555' front
set label 4 'Source: made up for this test. n = 6.' at screen 0.0252366,0.0567766 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.109123
set rmargin at screen 0.884568
set bmargin at screen 0.252747
set tmargin at screen 0.779609
set border 1 back lc rgb '#888888' lw 1
set xrange [2000.9:2006.1]
set xtics nomirror out scale 0.4 ('' 2001, '' 2002, '' 2003, '' 2004, '' 2005, '' 2006)
set grid noxtics
set yrange [0:150]
set ytics nomirror out scale 0 ('' 0, '' 50, '' 100, '' 150)
set grid ytics
set label 5 '2001' at screen 0.124035,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2002' at screen 0.273159,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '2003' at screen 0.422283,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '2004' at screen 0.571407,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '2005' at screen 0.720531,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '2006' at screen 0.869655,0.203297 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '0' at screen 0.0901956,0.252747 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '50' at screen 0.0901956,0.428368 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '100' at screen 0.0901956,0.603989 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '150' at screen 0.0901956,0.779609 right font 'Noto Sans,12' textcolor rgb '#444444' front
set arrow 1 from screen 0.496845,0.252747 to screen 0.496845,0.779609 nohead lc rgb '#a8a8a8' lw 1 dt (6,5)
set label 15 'boundary change' at screen 0.509464,0.763126 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set label 16 '100' at screen 0.909804,0.603989 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
plot $data index 0 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle, \
  $data index 1 using 1:2 with points pt 7 ps 0.45 lc rgb '#0072b2' notitle
unset output
print 'points ', STATS_records
