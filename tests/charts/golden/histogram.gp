set encoding utf8
set print '-'
$data << END_OF_DATA
-5 1 -5 0 0 1
0 2 0 5 0 2
5 1 5 10 0 1
10 2 10 15 0 2
15 5 15 20 0 5
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Rate' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Rate' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: places.csv. Rows without a value: 1. n = 11.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0317082
set rmargin at screen 0.98045
set bmargin at screen 0.177057
set tmargin at screen 0.772652
set border 1 back lc rgb '#888888' lw 1
set xrange [-5:20]
set xtics nomirror out scale 0.4 ('' -5, '' 0, '' 5, '' 10, '' 15, '' 20)
set grid noxtics
set yrange [0:5]
set ytics nomirror out scale 0 ('' 0, '' 1, '' 2, '' 3, '' 4, '' 5)
set grid ytics
set label 4 '−5' at screen 0.0317082,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '0' at screen 0.221457,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '5' at screen 0.411205,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '10' at screen 0.600953,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '15' at screen 0.790702,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '20' at screen 0.98045,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '0' at screen 0.0225897,0.177057 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '1' at screen 0.0225897,0.296176 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '2' at screen 0.0225897,0.415295 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '3' at screen 0.0225897,0.534414 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '4' at screen 0.0225897,0.653533 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 '5' at screen 0.0225897,0.772652 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 16 'Rate' at screen 0.506079,0.100998 center font 'Noto Sans,12' textcolor rgb '#555555' front
set label 17 'Rows' at screen 0.0121581,0.806318 left font 'Noto Sans,12' textcolor rgb '#555555' front
set arrow 1 from screen 0.729982,0.177057 to screen 0.729982,0.807564 nohead lc rgb '#1a1a1a' lw 1 dt (6,5) front
set label 18 'median 13.4' at screen 0.736061,0.797589 left font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
plot $data index 0 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs solid 1 border rgb '#ffffff' notitle
unset output
print 'points ', STATS_records
