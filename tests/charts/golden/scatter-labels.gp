set encoding utf8
set print '-'
$data << END_OF_DATA
551 6.1
587 15.9
779 15.2
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Rate by area' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Source: places.csv. n = 3.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.057459
set rmargin at screen 0.975234
set bmargin at screen 0.177057
set tmargin at screen 0.852037
set border 1 back lc rgb '#888888' lw 1
set xrange [500:800]
set xtics nomirror out scale 0.4 ('' 500, '' 550, '' 600, '' 650, '' 700, '' 750, '' 800)
set grid noxtics
set yrange [5:17.5]
set ytics nomirror out scale 0 ('' 5, '' 7.5, '' 10, '' 12.5, '' 15, '' 17.5)
set grid ytics
set label 3 '500' at screen 0.057459,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 4 '550' at screen 0.210421,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '600' at screen 0.363384,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '650' at screen 0.516347,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '700' at screen 0.669309,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '750' at screen 0.822272,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '800' at screen 0.975234,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '5.0' at screen 0.0483404,0.177057 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '7.5' at screen 0.0483404,0.312053 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '10.0' at screen 0.0483404,0.447049 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '12.5' at screen 0.0483404,0.582045 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '15.0' at screen 0.0483404,0.717041 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 '17.5' at screen 0.0483404,0.852037 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 16 'Area' at screen 0.516347,0.100998 center font 'Noto Sans,12' textcolor rgb '#555555' front
set label 17 'Rate' at screen 0.0121581,0.885702 left font 'Noto Sans,12' textcolor rgb '#555555' front
set label 18 'Đà Bắc' at screen 0.948151,0.72784 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 19 'Kim Bôi' at screen 0.253769,0.236456 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 20 'Lạc Sơn' at screen 0.364012,0.765639 center font 'Noto Sans,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2 with points pt 7 ps 0.5 lc rgb '#0072b2' notitle
unset output
print 'points ', STATS_records
