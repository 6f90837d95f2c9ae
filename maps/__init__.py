"""What people look at: Folium maps whose data arrives as JSON and enters the page as text."""
