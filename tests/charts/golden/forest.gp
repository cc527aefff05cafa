set encoding utf8
set print '-'
$data << END_OF_DATA
0.0791812460476 1 0.397940008672 0
-0.0969100130081 2 0.210853365315 0
-0.52287874528 3 0.564271430439 0


0.278753600953 1
0 2
-0.221848749616 3
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 317,272 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Ratio by district' at screen 0.0252366,0.94424 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Ratio' at screen 0.0252366,0.874081 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: ratios.csv. Whiskers: Low to High. n = 3.' at screen 0.0252366,0.0569853 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.180328
set rmargin at screen 0.726208
set bmargin at screen 0.198529
set tmargin at screen 0.778799
set border 1 back lc rgb '#888888' lw 1
set xrange [-0.57287874528:0.52712125472]
set xtics nomirror out scale 0.4 ('' -0.301029995664, '' 0, '' 0.301029995664)
set grid noxtics
set yrange [3.5:0.5]
unset ytics
set label 4 '0.5' at screen 0.315234,0.148897 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '1' at screen 0.464622,0.148897 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2' at screen 0.614009,0.148897 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 'Kim Bôi' at screen 0.161401,0.682087 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 'Lạc Sơn' at screen 0.161401,0.488664 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 'Đà Bắc' at screen 0.161401,0.295241 right font 'Noto Sans,12' textcolor rgb '#444444' front
set arrow 1 from screen 0.464622,0.198529 to screen 0.464622,0.778799 nohead lc rgb '#a8a8a8' lw 1 dt (6,5) back
set label 10 '1.9 (1.2–3.0)' at screen 0.764063,0.682087 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '1.0 (0.8–1.3)' at screen 0.764063,0.488664 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '0.6 (0.3–1.1)' at screen 0.764063,0.295241 left font 'Noto Sans,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 1.5 notitle, \
  $data index 1 using 1:2 with points pt 5 ps 0.6 lc rgb '#0072b2' notitle
unset output
print 'points ', STATS_records
