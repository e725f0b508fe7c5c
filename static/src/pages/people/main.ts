/** The page of accounts and roles (`/people`). */
import '../../shell/start';
import '../../styles/people.css';
import './people-page';
